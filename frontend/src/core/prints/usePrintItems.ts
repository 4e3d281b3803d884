import { useTranslation } from "react-i18next";
import type { PrintForm } from "../../api/prints";
import { reasonOf } from "../../api/problem";
import type { MenuItem } from "../../ui/menu";
import { complain } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { useForms } from "./forms";
import { addressOfPaper, openPaper } from "./papers";
import "./words";

/** Shown in a page; all others are files to keep. */
const SHOWN = new Set(["pdf", "html"]);

function give(form: PrintForm, card: number, as: string): void {
  const path = `print-templates/${form.id}/print/${card}/`;
  if (SHOWN.has(as)) openPaper(path, { as }).catch((error) => complain(reasonOf(error)));
  else window.location.assign(addressOfPaper(path, { as }));
}

/** The company's print forms of an opened card, each in whatever it can be given as; none where there are none. */
export function usePrintItems(
  kind: CardKind,
  card: { id: number; type: string } | undefined,
): MenuItem[] {
  const { t } = useTranslation("prints");
  const forms = useForms(kind, card?.type ?? null, card !== undefined).data ?? [];
  if (!card) return [];
  return forms
    .filter((form) => !form.is_archived)
    .flatMap((form) =>
      form.formats.map((as) => ({
        key: `print-${form.id}-${as}`,
        title: t("as", { title: form.title, format: as.toUpperCase() }),
        icon: SHOWN.has(as) ? ("printer" as const) : ("download" as const),
        run: () => give(form, card.id, as),
      })),
    );
}
