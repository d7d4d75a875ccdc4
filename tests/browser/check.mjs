// The built site as a browser sees it: node tests/browser/check.mjs FOLDER [SCREENSHOTS]
//
// Every page of FOLDER, served on loopback with a strict Content-Security-Policy, at desktop width in light colours and at phone width in
// dark ones: axe finds nothing, no request goes to another host, nothing is refused by the policy, nothing scrolls sideways. Then a few pages
// without script: what a patron came for stands there all the same. With SCREENSHOTS, a picture of each kind of page is put into that
// folder at three widths, light and dark, for somebody to look at.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'

const folder = resolve(process.argv[2])
const screenshots = process.argv[3] && resolve(process.argv[3])
const require = createRequire(import.meta.url)
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': 'application/xml',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.woff2': 'font/woff2', '.ics': 'text/calendar', '.txt': 'text/plain' }
const policy = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'"
const server = createServer((request, reply) => {
  const path = join(folder, decodeURIComponent(new URL(request.url, 'http://site').pathname))
  const file = path.endsWith('/') ? path + 'index.html' : path
  try {
    const body = readFileSync(file)
    reply.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(body)
  } catch { reply.writeHead(404).end() }
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const base = `http://127.0.0.1:${server.address().port}/`

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })

let found = 0
let passed = 0
function fault(text) { found++; console.log(text) }

async function open(options, name) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.route((url) => !url.href.startsWith(base), (route) => route.abort())
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(base) && !url.startsWith('data:')) fault(`${page.url()}: asks another host: ${url}`)
  })
  page.on('response', (response) => { if (response.status() >= 400) fault(`${page.url()}: ${response.url()} answers ${response.status()}`) })
  page.on('console', (message) => { if (message.type() === 'error') fault(`${page.url()} (${name}): ${message.text()}`) })
  page.on('pageerror', (error) => fault(`${page.url()} (${name}): ${error}`))
  return { context, page }
}

const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort()
const redirect = (name) => /http-equiv="?refresh/i.test(readFileSync(join(folder, name), 'utf8'))
const looks = [
  ['desktop, light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['phone, dark', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }],
]
for (const [name, options] of looks) {
  const { context, page } = await open(options, name)
  for (const file of pages) {
    if (redirect(file)) continue
    const before = found
    await page.goto(base + file)
    await page.evaluate(axe)
    const { violations } = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values } }), rules)
    for (const { id, impact, help, nodes } of violations) {
      fault(`${file} (${name}): ${impact} ${id}: ${help} (${nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')})`)
    }
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth)
    if (wide > 0) fault(`${file} (${name}): scrolls sideways by ${wide} px`)
    if (found === before) passed++
  }
  await context.close()
}

{
  const { context, page } = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } }, 'no script')
  for (const [file, selector] of [['index.html', 'main'], ['events/index.html', 'main time'], ['calendar/index.html', 'table']]) {
    await page.goto(base + file)
    if (await page.locator(selector).count() === 0) fault(`${file} (no script): there is no ${selector}`)
    else passed++
  }
  await context.close()
}

if (screenshots) {
  mkdirSync(screenshots, { recursive: true })
  const first = (prefix) => pages.find((name) => name.startsWith(prefix) && name.split('/').length === 3)
  const kinds = { home: 'index.html', agenda: 'events/index.html', event: first('events/'), calendar: 'calendar/index.html', program: first('programs/'),
    branch: first('branches/'), news: first('news/'), page: 'about/index.html', 'not-found': '404.html' }
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 768, 1440]) {
      const { context, page } = await open({ viewport: { width, height: 900 }, colorScheme }, 'screenshot')
      for (const [kind, file] of Object.entries(kinds)) {
        if (!file || !pages.includes(file)) { fault(`there is no page for the screenshot of ${kind}`); continue }
        await page.goto(base + file)
        await page.screenshot({ path: join(screenshots, `${kind}-${width}-${colorScheme}.png`) })
      }
      await context.close()
    }
  }
}

await browser.close()
server.close()
console.log(`${passed} passed, ${found} failed`)
process.exitCode = found ? 1 : 0
