// Fills a fresh Ghost: its owner, an integration, and news posts that hold what makes posts hard to read. Prints the
// public key of the Content API.
//
//   node ghost-seed.mjs http://127.0.0.1:2368
import { createHmac } from 'node:crypto';
import http from 'node:http';
import { png } from './png.mjs';

const root = process.argv[2];
const admin = `${root}/ghost/api/admin`;
const owner = { name: 'Eva Editor', email: 'editor@example.org', password: 'editor-pass-1234' };
const common = { 'content-type': 'application/json', origin: root, 'accept-version': 'v5.0' };

/** Sends a request and reads its JSON. Node's `fetch` sends headers that Ghost's session refuses; this doesn't. */
function send(method, path, body, headers = {}) {
  const data = body === undefined ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(admin + path, { method, headers: { ...common, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode >= 300) reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 400)}`));
        else resolve({ headers: response.headers, json: text.startsWith('{') ? JSON.parse(text) : undefined });
      });
    });
    request.on('error', reject);
    request.end(data);
  });
}

async function integration() {
  const { json: status } = await send('GET', '/authentication/setup/');
  if (!status.setup[0].status) await send('POST', '/authentication/setup/', { setup: [{ ...owner, blogTitle: 'Harbour Post' }] });
  const session = await send('POST', '/session/', { username: owner.email, password: owner.password });
  const cookie = session.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
  const made = await send('POST', '/integrations/?include=api_keys', { integrations: [{ name: 'Reader' }] }, { cookie });
  const keys = made.json.integrations[0].api_keys;
  const key = (type) => keys.find((candidate) => candidate.type === type);
  const secret = key('admin').secret;
  return { content: key('content').secret, admin: secret.includes(':') ? secret : `${key('admin').id}:${secret}` };
}

/** A token of the Admin API: a JSON Web Token that is good for five minutes. */
function token(key) {
  const [id, secret] = key.split(':');
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: id })}.${part({ iat: now, exp: now + 300, aud: '/admin/' })}`;
  return `${signed}.${createHmac('sha256', Buffer.from(secret, 'hex')).update(signed).digest('base64url')}`;
}

async function upload(name, picture, authorization) {
  const boundary = 'gisa-seed';
  const part = (head, body) => Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), body, Buffer.from('\r\n')]);
  const body = Buffer.concat([
    part(`Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: image/png`, picture),
    part('Content-Disposition: form-data; name="ref"', Buffer.from(name)),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const type = `multipart/form-data; boundary=${boundary}`;
  const { json } = await send('POST', '/images/upload/', body, { authorization, 'content-type': type });
  return json.images[0].url;
}

const keys = await integration();
const authorization = () => `Ghost ${token(keys.admin)}`;
// A new Ghost greets its owner with a post of its own.
const { json: own } = await send('GET', '/posts/?limit=all&fields=id', undefined, { authorization: authorization() });
for (const { id } of own.posts) await send('DELETE', `/posts/${id}/`, undefined, { authorization: authorization() });
const pictures = [];
for (const number of [1, 2, 3]) pictures.push(await upload(`lead-${number}.png`, png(1600, 900, 80 * number), authorization()));

const stories = [
  ['Ferry returns after its “longest” winter', 'Politics'],
  ['Council splits 7–2 over the tram', 'Politics'],
  ['Bakers raise the price of rye', 'Business'],
  ['Review: a quiet evening, well sung', 'Culture'],
  ['Observatory finds dust & ice', 'Science'],
  ['Pictures: the storm over the quay', 'Culture'],
  ['Überraschung auf dem Wochenmarkt', 'Politics'],
  ['Live: the day of the budget', 'Business'],
];
for (const [index, [title, section]] of stories.entries()) {
  const number = index + 1;
  let html = `<p>First paragraph of story ${number} with a <strong>bold</strong> word and a <a href="${root}/about/">link</a>.</p>
    <h2>What came before</h2><blockquote>A quoted sentence.</blockquote><ul><li>One</li><li>Two</li></ul>`;
  if (index === 5) html += `<!--kg-card-begin: html--><figure>${pictures.map((url) => `<img src="${url}" alt="The storm">`).join('')}</figure><!--kg-card-end: html-->`;
  if (index === 7) html += '<!--kg-card-begin: html--><iframe src="https://example.org/embed"></iframe><script>document.title="broken in"</script><!--kg-card-end: html-->';
  const post = {
    title,
    html,
    status: 'published',
    published_at: new Date(Date.UTC(2026, 0, 10, 8) - index * 3 * 86_400_000).toISOString(),
    custom_excerpt: index % 3 === 2 ? null : `Standfirst of story ${number}.`,
    feature_image: index === 4 ? null : pictures[index % 3],
    feature_image_alt: `What picture ${number} shows`,
    feature_image_caption: `Caption <em>${number}</em>. Photo: Test Agency`,
    featured: index === 0,
    tags: [{ name: section }, { name: 'City' }, { name: '#internal' }],
  };
  await send('POST', '/posts/?source=html', { posts: [post] }, { authorization: authorization() });
}
const others = [
  { title: 'A draft that nobody may read', html: '<p>Secret.</p>', status: 'draft' },
  { title: 'For members only', html: '<p>Free beginning.</p><!--members-only--><p>Paid rest.</p>', status: 'published', visibility: 'members', published_at: '2025-11-02T08:00:00.000Z' },
];
for (const post of others) await send('POST', '/posts/?source=html', { posts: [post] }, { authorization: authorization() });
console.log(keys.content);
