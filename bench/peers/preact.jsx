// The prerendered peer: the page has its text and, as JSON, the data to take it over. The article's body is not in the
// data: it is read from the page, which has it already.
import { hydrate } from 'preact';
import { App } from './app.jsx';

const { frame, first } = JSON.parse(document.getElementById('data').textContent);
first.article.articleBody = document.querySelector('.body').innerHTML;
hydrate(<App frame={frame} first={first} />, document.getElementById('app'));
