// Renders the prerendered peer's pages in Node.
import { renderToString } from 'preact-render-to-string';
import { App } from './app.jsx';

export const render = (frame, first) => renderToString(<App frame={frame} first={first} />);
