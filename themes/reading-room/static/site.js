// Turns dated sentences into "Open now until 8 pm", marks today, and hides what is over. Every page works without it.
(() => {
  const d = document, html = d.documentElement, say = html.dataset, all = (q) => d.querySelectorAll(q), zone = say.zone
  const [am, pm, noon, midnight] = say.clock.split('|')
  const clock = (at) => at.toLocaleString('sv', { timeZone: zone }).replace(' ', 'T').slice(0, 16)
  const time = (at) => {
    const [h, m] = at.slice(11, 16).split(':').map(Number)
    if (!m && h % 12 == 0) return h ? noon : midnight
    return (h % 12 || 12) + (m ? ':' + at.slice(14, 16) : '') + ' ' + (h < 12 ? am : pm)
  }
  const weekday = (at) => new Date(at.slice(0, 10) + 'T12:00Z').toLocaleDateString(html.lang, { weekday: 'long', timeZone: 'UTC' })
  const look = () => {
    const now = clock(new Date()), today = now.slice(0, 10)
    for (const el of all('[data-open]')) {
      const spans = el.dataset.open.split(' ').filter(Boolean).map((s) => s.split('/'))
      const on = spans.find(([a, b]) => a <= now && now < b), next = spans.find(([a]) => a > now)
      if (el.dataset.day > today || (!on && !next)) continue
      const soon = next && next[0].slice(0, 10) == today
      el.textContent = on ? say.openUntil.replace('%', time(on[1])) : soon ? say.opensAt.replace('%', time(next[0])) : say.opens.replace('%', weekday(next[0]) + ' ' + time(next[0]))
      el.classList.toggle('is-open', !!on)
    }
    for (const el of all('[data-today]')) el.classList.toggle('is-today', el.dataset.today == today)
    for (const el of all('[data-only]')) el.hidden = el.dataset.only != today
    for (const el of all('[data-rest] [data-over]')) el.hidden = el.dataset.over <= now
    for (const el of all('[data-rest]')) {
      const over = ![...el.querySelectorAll('[data-over]')].some((row) => !row.hidden)
      if (el.dataset.rest == 'say') for (const p of el.querySelectorAll('[data-none]')) p.hidden = !over
      else el.hidden = over
    }
  }
  look()
  setInterval(look, 60000)
})()
