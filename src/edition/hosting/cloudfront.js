// Written by `gisa hosting cloudfront`. Run that command again when site.json changes.
// For CloudFront Functions, runtime 2.0: on "viewer request" and on "viewer response" of the same behaviour.
const BASE = "{base}";
const HEADERS = "{headers}";
// How long each file is kept; the first that matches is used.
const CACHING = "{caching}";
// The newspaper's own folders: no rule is used for them.
const OWN = new RegExp("{own}");
// Old addresses, their status, and the new address; the first that matches is used.
const REDIRECTS = "{redirects}";

function handler(event) {
  return event.context.eventType === "viewer-response" ? answered(event.request, event.response) : asked(event.request);
}

function asked(request) {
  const parameters = query(request.querystring);
  const address = request.uri + parameters;
  for (const rule of OWN.test(address) ? [] : REDIRECTS) {
    const found = new RegExp(rule[0]).exec(address);
    if (found) return rule[2] ? redirect(rule[1], rule[2].replace(/[$]([1-9])/g, (_, group) => found[group])) : gone();
  }
  if (request.uri + "/" === BASE) return redirect(301, BASE + parameters);
  const name = request.uri.split("/").pop();
  if (name === "") request.uri += "index.html";
  // A name without a dot is a folder. Two slashes at the beginning would lead to another host.
  else if (name.indexOf(".") < 0) return redirect(301, request.uri.replace(/^[/\\]+/, "/") + "/" + parameters);
  return request;
}

function answered(request, response) {
  for (const name in HEADERS) response.headers[name] = HEADERS[name];
  const rule = CACHING.find((rule) => new RegExp(rule[0]).test(request.uri));
  const value = response.statusCode >= 400 ? "{errors}" : rule ? rule[1] : "{pages}";
  response.headers["cache-control"] = { value: value };
  return response;
}

// The query as it was sent, but a repeated parameter stands together.
function query(parameters) {
  const pairs = [];
  for (const name in parameters) {
    for (const one of parameters[name].multiValue || [parameters[name]]) pairs.push(name + "=" + one.value);
  }
  return pairs.length ? "?" + pairs.join("&") : "";
}

function redirect(status, to) {
  return { statusCode: status, headers: { location: { value: to }, "cache-control": { value: "{pages}" } } };
}

function gone() {
  return { statusCode: 410, statusDescription: "Gone", headers: { "cache-control": { value: "{errors}" } } };
}
