import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Page } from "../../api/contract";
import type { ReservedNumber } from "../../api/numbers";
import { get } from "../../api/request";
import { may, useMe } from "../../core/session/session";
import { Field } from "../../ui/field";
import { TASKS } from "./task";
import "./words";

interface ComposerNumberProps {
  value: number | null;
  error?: string;
  onChange: (reserved: number | null) => void;
}

/** Which of one's reserved numbers the task takes; not asked of those who have none. */
export function ComposerNumber({ value, error, onChange }: ComposerNumberProps) {
  const { t } = useTranslation("tasks");
  const me = useMe();
  const kept = useQuery({
    queryKey: ["reserved-numbers", "mine", TASKS.code],
    enabled: may(me, "numbering.reserve"),
    queryFn: async () => {
      const query = { kind: TASKS.code, mine: "true", limit: 200 };
      return (await get<Page<ReservedNumber>>("reserved-numbers/", { query })).results;
    },
  });
  if (!kept.data?.length) return null;
  return (
    <Field label={t("composerNumber")} error={error}>
      {(aria) => (
        <select
          {...aria}
          className="inp"
          value={value ?? ""}
          onChange={(event) => onChange(Number(event.target.value) || null)}
          data-testid="composer-number"
        >
          <option value="">{t("composerNextNumber")}</option>
          {kept.data.map((row) => (
            <option key={row.id} value={row.id}>
              {row.purpose ? `${row.number} · ${row.purpose}` : row.number}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
