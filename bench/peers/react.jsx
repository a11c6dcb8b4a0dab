// The client-rendered peer: an empty page, React, and the data that the program requests when it runs. Nothing is
// requested by the empty page itself, as is usual: it is one file for all addresses and knows no article.
import { createRoot } from 'react-dom/client';
import { App } from './app.jsx';
import { idOf, load } from './router.mjs';

const [frame, first] = await Promise.all([
  fetch('/frame.json').then((response) => response.json()),
  load(idOf(location.pathname)),
]);
createRoot(document.getElementById('app')).render(<App frame={frame} first={first} />);
