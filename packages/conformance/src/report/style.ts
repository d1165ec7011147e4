/** What the page of cases has beside the style of all pages. */
export const STYLE: string = `
html { scroll-padding-top: 4.5rem; }
.top {
  position: sticky;
  top: 0;
  z-index: 1;
  display: flex;
  flex-wrap: wrap;
  gap: .4rem 1.5rem;
  align-items: center;
  padding: .6rem max(1rem, calc(50vw - 32rem));
  background: var(--page);
  border-bottom: 1px solid var(--rule);
}
h1 { margin: 0 auto 0 0; font-size: 1.05rem; }
h2 { margin: 2.2rem 0 .2rem; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h3 { margin: 2rem 0 .5rem; font-size: 1.05rem; }
h3 span { color: var(--dim); margin-right: .4em; }
main { max-width: 66rem; }
.filter { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; }
.filter label { white-space: nowrap; }
input[type=search] {
  width: 12rem;
  padding: .25rem .6rem;
  font: inherit;
  color: inherit;
  background: var(--card);
  border: 1px solid var(--rule);
  border-radius: .4rem;
}
.lead { margin: 0; color: var(--dim); }
.lead b { color: var(--text); }
.counts { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: .8rem 0; padding: 0; list-style: none; font-size: .85rem; }
.counts .cell { display: inline-block; margin-right: .4em; vertical-align: -1px; }
.grid { padding: .8rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; }
.row { display: grid; grid-template-columns: 15rem 1fr; gap: .2rem 1rem; padding: .3rem 0; }
.row .name { display: flex; color: var(--dim); font-size: .85rem; line-height: 1rem; }
.row .name b { flex: none; width: 2em; color: var(--text); }
.cells { display: flex; flex-wrap: wrap; gap: 3px; }
.cell { width: .8rem; height: .8rem; border-radius: 3px; }
a.cell:hover, a.cell:focus-visible { outline: 2px solid var(--text); outline-offset: 1px; }
.good { background: var(--good); }
.soft { background: var(--soft); }
.plain { background: var(--plain); }
.absent { background: var(--absent); }
.bad { background: var(--bad); }
details { background: var(--card); border: 1px solid var(--rule); border-bottom-width: 0; }
details:last-of-type { border-bottom-width: 1px; border-radius: 0 0 .5rem .5rem; }
h3 + details { border-radius: .5rem .5rem 0 0; }
h3 + details:last-of-type { border-radius: .5rem; }
summary { display: flex; gap: .8rem; align-items: baseline; padding: .35rem .8rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover { background: color-mix(in srgb, var(--text) 4%, transparent); }
summary b { flex: none; min-width: 4rem; font-variant-numeric: tabular-nums; }
.title { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.verdict { flex: none; padding: 0 .5rem; color: #fff; font-size: .72rem; font-weight: 600; line-height: 1.35rem; border-radius: 1rem; }
.verdict.absent { color: var(--text); }
.verdict.soft { color: #1c1e21; }
dl { display: grid; grid-template-columns: 5.5rem 1fr; gap: .2rem .8rem; margin: .4rem .8rem .8rem; }
dt { color: var(--dim); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.log { margin: 0; padding: .4rem .8rem .8rem; list-style: none; border-top: 1px solid var(--rule); font: .8rem/1.45 ui-monospace, monospace; }
.log li { display: grid; grid-template-columns: 4rem 1.2rem 1fr; gap: .5rem; padding: .15rem 0; }
.log time { color: var(--dim); text-align: right; }
.log .note { color: var(--dim); font-style: italic; }
.log div { min-width: 0; }
.log code, .log pre { display: block; margin: .1rem 0; font: inherit; color: var(--dim); white-space: pre-wrap; overflow-wrap: anywhere; }
.suite .arrow { color: var(--plain); }
.endpoint .arrow { color: var(--good); }
.endpoint .arrow + div > span { font-weight: 600; }
.none { padding: 3rem 0; color: var(--dim); text-align: center; }
[hidden] { display: none !important; }
@media (max-width: 40rem) {
  .row { grid-template-columns: 1fr; }
  .top { position: static; }
  html { scroll-padding-top: 1rem; }
  summary { flex-wrap: wrap; gap: .1rem .6rem; }
  summary b { min-width: 0; margin-right: auto; }
  .title { order: 3; flex-basis: 100%; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
  .log li { grid-template-columns: 2.8rem .8rem 1fr; }
}
`;
