/** What the page does by itself: opens the case that a link leads to, and hides what is not asked for. */
export const BEHAVIOR: string = `
const cases = [...document.querySelectorAll('details')];
const groups = [...document.querySelectorAll('.group')];
const words = document.getElementById('words');
const bad = document.getElementById('bad');

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.hidden = target.closest('.group').hidden = false;
  target.open = true;
  target.scrollIntoView();
}

function filter() {
  const wanted = words.value.trim().toLowerCase();
  for (const entry of cases) {
    const text = entry.firstElementChild.textContent.toLowerCase();
    entry.hidden = (bad.checked && !('bad' in entry.dataset)) || !text.includes(wanted);
  }
  for (const group of groups) group.hidden = !group.querySelector('details:not([hidden])');
  document.querySelector('.none').hidden = groups.some((group) => !group.hidden);
}

words.addEventListener('input', filter);
bad.addEventListener('change', filter);
words.form.addEventListener('submit', (event) => event.preventDefault());
addEventListener('hashchange', openTarget);
openTarget();
`;
