// Writes the project of a small newspaper for Strapi 5, as its own example has it: articles with authors, a category,
// tags and pictures. A body is blocks, Markdown, or a dynamic zone of components.
//
//   node strapi-project.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const folder = process.argv[2];

function write(path, content) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

// The project's settings. Only the loopback interface is listened on, and the admin panel is not built.
write('config/server.js', `module.exports = ({ env }) => ({
  host: '127.0.0.1',
  port: env.int('PORT'),
  url: \`http://127.0.0.1:\${env.int('PORT')}\`,
  app: { keys: ['for tests', 'only'] },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});`);
write('config/admin.js', `module.exports = {
  serveAdminPanel: false,
  autoOpen: false,
  auth: { secret: 'for tests only' },
  apiToken: { salt: 'for tests only', secrets: { encryptionKey: '0123456789abcdef0123456789abcdef' } },
  transfer: { token: { salt: 'for tests only' } },
  flags: { nps: false, promoteEE: false },
};`);
write('config/database.js', `module.exports = {
  connection: { client: 'sqlite', connection: { filename: '.tmp/data.db' }, useNullAsDefault: true },
};`);
write('config/plugins.js', `module.exports = { 'users-permissions': { config: { jwtSecret: 'for tests only' } } };`);
write('config/api.js', `module.exports = { rest: { defaultLimit: 25, maxLimit: 100, withCount: true } };`);
const middlewares = ['logger', 'errors', 'security', 'cors', 'poweredBy', 'query', 'body', 'session', 'favicon', 'public'];
write('config/middlewares.js', `module.exports = ${JSON.stringify(middlewares.map((name) => `strapi::${name}`))};`);
write('public/uploads/.gitkeep', '');
// What is filled in, and what the public may read.
write('src/index.js', `module.exports = {
  register() {},
  async bootstrap({ strapi }) {
    const { fill } = await import(process.env.SEED);
    await fill(strapi);
  },
};`);

const text = { type: 'string' };
const media = (multiple = false) => ({ type: 'media', multiple, allowedTypes: ['images'] });
const relation = (kind, target, more = {}) => ({ type: 'relation', relation: kind, target: `api::${target}.${target}`, ...more });

const types = {
  article: {
    plural: 'articles',
    draftAndPublish: true,
    attributes: {
      title: { type: 'string', required: true },
      // Not a `uid`: that refuses Hangul.
      slug: { type: 'string', unique: true },
      description: { type: 'text' },
      body: { type: 'blocks' },
      content: { type: 'richtext' },
      blocks: { type: 'dynamiczone', components: ['shared.rich-text', 'shared.quote', 'shared.media', 'shared.slider'] },
      cover: media(),
      gallery: media(true),
      author: relation('manyToOne', 'author', { inversedBy: 'articles' }),
      authors: relation('manyToMany', 'author', { inversedBy: 'shared' }),
      category: relation('manyToOne', 'category', { inversedBy: 'articles' }),
      tags: relation('manyToMany', 'tag', { inversedBy: 'articles' }),
    },
  },
  author: {
    plural: 'authors',
    attributes: {
      name: text,
      email: text,
      avatar: media(),
      articles: relation('oneToMany', 'article', { mappedBy: 'author' }),
      shared: relation('manyToMany', 'article', { mappedBy: 'authors' }),
    },
  },
  category: {
    plural: 'categories',
    attributes: { name: text, slug: { type: 'uid' }, articles: relation('oneToMany', 'article', { mappedBy: 'category' }) },
  },
  tag: { plural: 'tags', attributes: { name: text, articles: relation('manyToMany', 'article', { mappedBy: 'tags' }) } },
};
for (const [name, { plural, draftAndPublish = false, attributes }] of Object.entries(types)) {
  write(`src/api/${name}/content-types/${name}/schema.json`, {
    kind: 'collectionType',
    collectionName: plural,
    info: { singularName: name, pluralName: plural, displayName: name },
    options: { draftAndPublish },
    attributes,
  });
  for (const part of ['Controller', 'Router', 'Service']) {
    const path = part === 'Router' ? `routes/${name}.js` : `${part.toLowerCase()}s/${name}.js`;
    write(`src/api/${name}/${path}`, `module.exports = require('@strapi/strapi').factories.createCore${part}('api::${name}.${name}');`);
  }
}
const components = {
  'rich-text': { body: { type: 'richtext' } },
  quote: { title: text, body: { type: 'text' } },
  media: { file: media() },
  slider: { files: media(true) },
};
for (const [name, attributes] of Object.entries(components)) {
  write(`src/components/shared/${name}.json`, {
    collectionName: `components_shared_${name.replace('-', '_')}s`,
    info: { displayName: name },
    options: {},
    attributes,
  });
}
