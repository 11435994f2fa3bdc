"use strict";
const form = document.querySelector("form");
const field = document.querySelector("#token");
const button = document.querySelector("button");
const refusal = document.querySelector("form .refusal");

async function logIn(token) {
  button.disabled = true;
  refusal.textContent = "";
  try {
    const response = await fetch("/login", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    if (response.ok) {
      location.reload();
      return;
    }
    refusal.textContent = (await response.json()).message;
  } catch {
    refusal.textContent = "The server does not answer.";
  }
  button.disabled = false;
  field.focus();
  field.select();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  logIn(field.value.trim());
});

// A link with the token behind its # logs in by itself; it is not sent to anybody, and stays in no history.
const handed = location.hash.slice(1);
if (handed !== "") {
  history.replaceState(null, "", location.pathname + location.search);
  logIn(decodeURIComponent(handed));
}
