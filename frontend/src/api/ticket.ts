/** Go to another host with a one-time ticket: a real form, so that the cookie is set there. */
export function submitTicket(url: string, ticket: string, door = "auth/ticket"): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${url.replace(/\/$/, "")}/api/v1/${door}/`;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "ticket";
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
}
