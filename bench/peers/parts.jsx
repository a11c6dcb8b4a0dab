// The parts of the page of an article, the same for both peers and with the same content as bench/floor.mjs.
// script/bench builds this file once with React and once with Preact.
import { LEAD, srcset, timeText } from '../floor.mjs';

export function Header({ site }) {
  return (
    <header>
      <p className="name">
        <a href="/">{site.name}</a>
      </p>
      <p className="motto">{site.description}</p>
      <nav aria-label="섹션">
        <ul>
          {site.sections.map(({ slug, name }) => (
            <li key={slug}>
              <a href={`/sections/${slug}/`}>{name}</a>
            </li>
          ))}
          <li>
            <a href="/ranking/">많이 본 뉴스</a>
          </li>
          <li>
            <a href="/photos/">포토뉴스</a>
          </li>
          <li>
            <a href="/search/">검색</a>
          </li>
        </ul>
      </nav>
    </header>
  );
}

export function Main({ site, article, others, neighbours }) {
  const [section] = article.articleSection;
  return (
    <main>
      <article>
        <p className="meta">
          <a href={`/sections/${section.slug}/`}>{section.name}</a>
        </p>
        <h1>{article.headline}</h1>
        <ul>
          {article.alternativeHeadline.map((subhead) => (
            <li key={subhead}>{subhead}</li>
          ))}
        </ul>
        <p className="meta">{article.author.map(({ name, jobTitle }) => `${name} ${jobTitle}`).join(', ')}</p>
        <p className="meta">
          {'등록 '}
          <Time date={article.datePublished} />
          {article.dateModified && ' 수정 '}
          {article.dateModified && <Time date={article.dateModified} />}
        </p>
        <ul className="tools">
          <li>
            <a href={mailTo(site, article)}>기사 메일전송</a>
          </li>
          <li>
            <a href={`/articles/${article.id}/print/`}>인쇄</a>
          </li>
        </ul>
        {article.image && <Figure key={article.id} image={article.image} />}
        <div className="body" dangerouslySetInnerHTML={{ __html: article.articleBody }} />
      </article>
      <p>
        {`추천 ${article.interactionStatistic.likes} · `}
        <a href={`/sections/${section.slug}/`}>목록 바로가기</a>
      </p>
      <section aria-labelledby="others">
        <h2 id="others">{`${section.name} 다른 기사`}</h2>
        <ul className="list">
          {others.map((other) => (
            <Entry key={other.id} article={other} />
          ))}
        </ul>
      </section>
      <nav aria-label="이전 기사와 다음 기사">
        <ul>
          {neighbours.previous && <Neighbour article={neighbours.previous} rel="prev" label="이전 기사 보기" />}
          {neighbours.next && <Neighbour article={neighbours.next} rel="next" label="다음 기사 보기" />}
        </ul>
      </nav>
    </main>
  );
}

export function Aside({ site, ranking, today, photos }) {
  return (
    <aside aria-label="주요 기사 모음">
      <section aria-labelledby="ranking">
        <h2 id="ranking">많이 본 뉴스</h2>
        <ol className="list">
          {ranking.map((article) => (
            <Entry key={article.id} article={article} />
          ))}
        </ol>
        <p>
          <a href="/ranking/">많이 본 뉴스 더보기</a>
        </p>
      </section>
      <section aria-labelledby="today">
        <h2 id="today">TOP TODAY</h2>
        <ol>
          {today.map(({ id, headline }) => (
            <li key={id}>
              <a href={`/articles/${id}/`}>{headline}</a>
            </li>
          ))}
        </ol>
        <p>
          <a href="/today/">TOP TODAY 더보기</a>
        </p>
      </section>
      <section aria-labelledby="photos">
        <h2 id="photos">포토뉴스</h2>
        <ul className="list">
          {photos.map((article) => (
            <Entry key={article.id} article={article} />
          ))}
        </ul>
        <p>
          <a href="/photos/">포토뉴스 더보기</a>
        </p>
      </section>
      {site.banners.map(({ url, image, alt, width, height }) => (
        <p key={image}>
          <a rel="sponsored" href={url}>
            <img loading="lazy" decoding="async" alt={alt} width={width} height={height} src={`/${image}`} />
          </a>
        </p>
      ))}
    </aside>
  );
}

export function Footer({ site }) {
  return (
    <footer>
      <p>
        {site.footer.links.map(({ name, url }) => (
          <a key={url} href={url}>
            {name}
          </a>
        ))}
      </p>
      {site.footer.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>{site.footer.copyright}</p>
    </footer>
  );
}

function Time({ date }) {
  return <time dateTime={date}>{timeText(date)}</time>;
}

function Figure({ image }) {
  return (
    <figure>
      <img
        fetchPriority="high"
        sizes={LEAD}
        srcSet={srcset(image)}
        width={image.width}
        height={image.height}
        alt={image.alternateName}
        src={`/data/${image.url}`}
      />
      <figcaption>{`${image.caption} ${image.creditText}`}</figcaption>
    </figure>
  );
}

function Entry({ article }) {
  const { id, headline, description, image } = article;
  return (
    <li>
      <div>
        <h3>
          <a href={`/articles/${id}/`}>{headline}</a>
        </h3>
        <p>{description}</p>
      </div>
      {image && (
        <img
          loading="lazy"
          decoding="async"
          sizes="8rem"
          srcSet={srcset(image)}
          width={image.width}
          height={image.height}
          alt=""
          src={`/data/${image.url}`}
        />
      )}
    </li>
  );
}

function Neighbour({ article, rel, label }) {
  return (
    <li>
      <a rel={rel} href={`/articles/${article.id}/`}>{`${label}: ${article.headline}`}</a>
    </li>
  );
}

const mailTo = (site, { id, headline }) =>
  `mailto:?subject=${encodeURIComponent(headline)}&body=${encodeURIComponent(`${site.url}articles/${id}/`)}`;
