/** The colours of pages and pictures, light and dark. */
export const COLOURS: string = `:root { color-scheme: light dark; --page: #fbfbfa; --card: #fff; --text: #1b1f24; --dim: #5c6570;
  --rule: #e2e5e9; --track: #f0f2f4; --first: #1f5fd6; --second: #98a3b0; --third: #2c9a78; --limit: #b45309;
  --good: #3f9a62; --soft: #dda02c; --plain: #7ba4cf; --absent: #cbc8c1; --bad: #cd4545; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --card: #1c2024; --text: #e7e9ec;
  --dim: #9aa5b1; --rule: #31373e; --track: #262b31; --first: #7aa7ff; --second: #7b8794; --third: #4fc3a1;
  --limit: #f0a84a; --good: #4fa873; --soft: #c98f25; --plain: #4f7aa8; --absent: #4a4f57; --bad: #e06666; } }
`;

/** The style of pages. Groups of a chart have a colour each, and are told apart by their labels, too. */
export const STYLE: string = `
${COLOURS}* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1200px; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; }
h3 { font-size: .95rem; margin: 0 0 .5rem; }
p { margin: .25rem 0 1rem; max-width: 48rem; } .dim { color: var(--dim); }
.lead { font-size: 1.1rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 .75rem; padding: 0; list-style: none; color: var(--dim); }
.legend i { display: inline-block; width: .7rem; height: .7rem; margin-right: .4rem; border-radius: 50%; background: var(--color); }
.first { --color: var(--first); } .second { --color: var(--second); } .third { --color: var(--third); } .limit { --color: var(--limit); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: .8rem .9rem; min-width: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: .9rem; }
svg { display: block; width: 100%; overflow: visible; }
.bar { display: grid; grid-template-columns: 7.2rem minmax(0, 1fr) 8rem; gap: .5rem; align-items: center; font-size: .85rem; }
.bar svg { height: 1.35rem; } .bar b, .bar span { white-space: nowrap; font-weight: 400; }
.bar.first b, .bar.first span { font-weight: 650; } .bar span { text-align: right; font-variant-numeric: tabular-nums; }
.track { fill: var(--track); } .fill { fill: var(--color); } .whisker { stroke: var(--text); stroke-width: 1.5; opacity: .65; }
.mark { stroke: var(--limit); stroke-width: 1.5; stroke-dasharray: 3 2; }
.marks { margin: .45rem 0 0; font-size: .8rem; color: var(--limit); }
.strip { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: .75rem; align-items: center; font-size: .85rem; }
.strip svg { height: 1.5rem; } .strip svg text { fill: var(--dim); font-size: .75rem; text-anchor: middle; }
.rule { stroke: var(--rule); } .unit { stroke: var(--dim); } .dot { fill: var(--color); stroke: var(--card); stroke-width: 1.5; }
.tick { stroke: var(--limit); stroke-width: 2.5; }
.lines { padding: .4rem .6rem 1.8rem 4.2rem; } .lines svg { height: 13rem; } .lines text { fill: var(--dim); font-size: .72rem; }
.tick-text { text-anchor: end; } .line line { stroke: var(--color); stroke-width: 2; stroke-linecap: round; }
.line circle { fill: var(--color); stroke: var(--card); stroke-width: 1.5; } .line.limit line { stroke-dasharray: 3 4; }
.shapes { margin: .25rem 0 0; padding: 0; list-style: none; font-size: .8rem; color: var(--dim); }
.shapes i { display: inline-block; width: .6rem; height: .6rem; margin-right: .4rem; border-radius: 50%; background: var(--color); }
.shapes b { color: var(--text); }
details { margin: 1rem 0; } summary { cursor: pointer; color: var(--dim); }
.scrolls { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; margin-top: .5rem; }
th, td { padding: .25rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums; }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--page); }
@media (max-width: 600px) { .strip { grid-template-columns: minmax(0, 1fr); gap: 0; margin-bottom: .35rem; }
  .bar { grid-template-columns: 6.6rem minmax(0, 1fr) 7.6rem; } }
`;
