// The program of both peers: the page of an article, and links that lead to other articles without loading a document.
// `framework` is React's module of hooks or Preact's; script/bench puts the right one there.
import { useEffect, useLayoutEffect, useState } from 'framework';
import { Aside, Footer, Header, Main } from './parts.jsx';
import { follow } from './router.mjs';

/** `frame` is what stands around every article, `first` the page of the article that is shown first (bench/peers.mjs). */
export function App({ frame, first }) {
  const [page, setPage] = useState(first);
  const { site } = frame;
  // From now on, clicks are taken.
  useEffect(() => follow(first, setPage), []);
  useLayoutEffect(() => {
    document.title = `${page.article.headline} – ${site.name}`;
    if (page !== first) scrollTo(0, 0);
  }, [page]);
  return (
    <>
      <Header site={site} />
      <div className="columns">
        <Main site={site} {...page} />
        <Aside {...frame} />
      </div>
      <Footer site={site} />
    </>
  );
}
