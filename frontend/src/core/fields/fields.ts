import { useQuery } from "@tanstack/react-query";
import type { CardBase, CardFields, CardFieldValue, CardType } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { get, patch } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { showChange } from "../entities/card";
import { type CardKind, keys, refOf } from "../entities/kind";
import { settleField } from "../entities/missing";
import { askWhichStays } from "../forms/conflict";
import { cache } from "../session/cache";
import { valueText } from "./values";
import "./words";

/** The fields of which card. */
export interface Place {
  kind: CardKind;
  id: number;
}

const pathOf = ({ kind, id }: Place): string => `${kind.path}/${id}/fields/`;

export function useCardFields(place: Place) {
  return useQuery({
    queryKey: keys.fields(place.kind, place.id),
    queryFn: ({ signal }) => get<CardFields>(pathOf(place), { signal }),
  });
}

function show(place: Place, code: string, value: unknown): void {
  cache.setQueryData<CardFields>(
    keys.fields(place.kind, place.id),
    (known) =>
      known && {
        ...known,
        results: known.results.map((one) => (one.code === code ? { ...one, value } : one)),
      },
  );
}

function settle(place: Place, fields: CardFields): void {
  cache.setQueryData(keys.fields(place.kind, place.id), fields);
  showChange<CardBase>(place.kind, place.id, { version: fields.version });
  void cache.invalidateQueries({ queryKey: keys.history(place.kind, place.id) });
}

const valueIn = (fields: CardFields, code: string): CardFieldValue | undefined =>
  fields.results.find((one) => one.code === code);

/** What is written and how it looks meanwhile. */
export interface Written {
  sent: unknown;
  shown: unknown;
}

/** Save one field as it is left: shown at once, taken back when refused, never over another's edit. */
export async function saveValue(place: Place, field: CardFieldValue, to: Written): Promise<void> {
  const key = keys.fields(place.kind, place.id);
  const known = cache.getQueryData<CardFields>(key);
  if (!known) return;
  const ref = refOf(place.kind, place.id);
  await cache.cancelQueries({ queryKey: key });
  show(place, field.code, to.shown);
  const body = { fields: { [field.code]: to.sent } };
  try {
    settle(place, await patch<CardFields>(pathOf(place), body, { ifMatch: known.version }));
    settleField(ref, field.code);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 412 && error.current) {
      return reconcile(place, field, to, error.current as CardFields);
    }
    show(place, field.code, field.value);
    const said = error instanceof ApiProblem ? error.inside("fields")[field.code] : undefined;
    settleField(ref, field.code, said);
    const reason = sentenceOf(error);
    if (!said) complain(i18next.t("fields:notSaved", { title: field.title, reason }));
  }
}

/** The card has moved on: untouched by the other person → try again; touched → the reader decides. */
function reconcile(place: Place, field: CardFieldValue, to: Written, now: CardFields): void {
  settle(place, now);
  const theirs = valueIn(now, field.code);
  if (!theirs) return;
  const mine = { ...field, value: to.shown };
  if (valueText(theirs) === valueText(mine)) return;
  if (valueText(theirs) === valueText(field)) return void saveValue(place, theirs, to);
  askWhichStays({
    mine: valueText(mine),
    theirs: valueText(theirs),
    keepMine: () => void saveValue(place, theirs, to),
  });
}

/** Make the card be of another type; what the new one has not is kept unseen. */
export async function turnInto(place: Place, code: string): Promise<void> {
  try {
    settle(place, await patch<CardFields>(pathOf(place), { card_type: code }));
  } catch (error) {
    const ref = refOf(place.kind, place.id);
    const errors = error instanceof ApiProblem ? error.inside("fields") : {};
    for (const [field, said] of Object.entries(errors)) settleField(ref, field, said);
    complain(sentenceOf(error));
    await cache.invalidateQueries({ queryKey: keys.fields(place.kind, place.id) });
  }
}

/** The types that a new card of a kind may be of, the kind's own first. */
export function useCardTypes(kind: CardKind) {
  return useQuery({
    queryKey: ["card-types", kind.code],
    staleTime: 60_000,
    queryFn: async () => {
      const query = { kind: kind.code };
      return (await get<{ card_types: CardType[] }>("fields/", { query })).card_types;
    },
  });
}
