import type { Checklist } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { uuid } from "../../api/uuid";
import { createStore } from "../../ui/store";
import { i18next } from "../../ui/texts";
import { say } from "../../ui/toast";
import { refOf } from "../entities/kind";
import { type Place, settleAdded } from "./points";

/** Points typed faster than the server answers: shown at once, sent in turn. */
export interface Coming {
  key: string;
  ref: string;
  text: string;
}

export const coming = createStore<Coming[]>([]);

/** The most the server takes in one request. */
const AT_ONCE = 100;

let line: Promise<void> = Promise.resolve();

function forget(added: Coming[]): void {
  const gone = new Set(added.map((one) => one.key));
  coming.set(coming.get().filter((one) => !gone.has(one.key)));
}

async function send(place: Place, added: Coming[]): Promise<void> {
  const path = `${place.kind.path}/${place.id}/checklist/`;
  const texts = added.map((one) => one.text);
  try {
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      const points = texts.slice(from, from + AT_ONCE).map((text) => ({ text }));
      await settleAdded(place, await post<Checklist>(path, { points }));
      forget(added.slice(from, from + AT_ONCE));
    }
  } catch (error) {
    const left = added.filter((one) => coming.get().includes(one)).map((one) => one.text);
    forget(added);
    say(i18next.t("checklists:notAdded", { reason: sentenceOf(error) }), {
      icon: "circle-alert",
      stay: 12_000,
      action: { title: i18next.t("ui:retry"), run: () => addPoints(place, left) },
    });
  }
}

export function addPoints(place: Place, texts: string[]): void {
  if (texts.length === 0) return;
  const ref = refOf(place.kind, place.id);
  const added = texts.map((text) => ({ key: uuid(), ref, text }));
  coming.set([...coming.get(), ...added]);
  line = line.then(() => send(place, added));
}
