import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { patch } from "../../../api/request";
import { sendOne } from "../../../core/attachments/choose";
import { Button } from "../../../ui/button";
import { useSaving } from "../saving";
import "./words";

interface PhotoProps {
  employee: EmployeeCard;
  onSaved: (fresh: EmployeeCard) => Promise<void>;
}

/** Another face for the card: sent, checked, put there. */
export function PhotoButton({ employee, onSaved }: PhotoProps) {
  const { t } = useTranslation("staff");
  const input = useRef<HTMLInputElement>(null);
  const { busy, run } = useSaving();
  const send = (file: File) =>
    run(async () => {
      const photo = await sendOne(`employees/${employee.id}/attachments/`, file);
      await onSaved(await patch<EmployeeCard>(`employees/${employee.id}/`, { photo_id: photo }));
    });
  return (
    <>
      <Button
        icon="image"
        busy={busy}
        title={t("photoHint")}
        onClick={() => input.current?.click()}
      >
        {t("photo")}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp"
        className="vh"
        tabIndex={-1}
        aria-label={t("photo")}
        data-testid="photo-input"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void send(file);
        }}
      />
    </>
  );
}
