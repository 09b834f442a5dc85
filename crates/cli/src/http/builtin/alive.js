// Shows that the API is alive: the engine's sentence, and who asked.
const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
const state = document.getElementById("state");
const phones = document.getElementById("phones");

function line({ phone, state }) {
  const item = document.createElement("li");
  const known = [phone.vendor, phone.model, phone.version, phone.mac ?? phone.address];
  item.textContent = `${known.filter(Boolean).join(" ")}: ${state}`;
  return item;
}

async function show() {
  try {
    const answer = await fetch("/api/view", { headers: { Authorization: `Bearer ${token}` } });
    const body = await answer.json();
    state.textContent = answer.ok ? body.state : `${body.error} (open the address as it was printed)`;
    phones.replaceChildren(...(answer.ok ? body.phones.map(line) : []));
  } catch {
    state.textContent = "Fingerpost does not answer: it has ended.";
  }
  setTimeout(show, 2000);
}

addEventListener("hashchange", () => location.reload());
show();
