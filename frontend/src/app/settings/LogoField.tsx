import { useTranslation } from "react-i18next";
import type { CompanySettings } from "../../api/contract";
import { put, request } from "../../api/request";
import { PictureButton } from "../../core/attachments/PictureButton";
import { Button } from "../../ui/button";
import { say } from "../../ui/toast";
import { CompanyLogo } from "../shell/CompanyLogo";
import "../shell/shell.css";
import { useSaving } from "./saving";
import "./words";

const MOST_BYTES = 512 * 1024;

interface LogoFieldProps {
  company: CompanySettings;
  onChanged: (fresh: CompanySettings) => Promise<void>;
}

function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** The picture of the company: hung and taken down at once, apart from the rest of the form. */
export function LogoField({ company, onChanged }: LogoFieldProps) {
  const { t } = useTranslation("settings");
  const { busy, errors, fail, run } = useSaving();
  const error = errors.image;

  const hang = (file: File) => {
    if (file.size > MOST_BYTES) return fail({ image: t("logoHeavy") });
    return run(async () => {
      const image = await inBase64(file).catch(() => Promise.reject(new Error(t("logoUnread"))));
      await onChanged(await put<CompanySettings>("company/logo/", { image }));
      say(t("saved"));
    });
  };
  const takeDown = () =>
    run(async () => {
      await onChanged(await request<CompanySettings>("DELETE", "company/logo/"));
      say(t("saved"));
    });

  return (
    <fieldset className="set-logo">
      <legend className="lbl">{t("logo")}</legend>
      <div className="photo-line">
        <CompanyLogo name={company.name} logo={company.logo_url} big />
        <div className="row">
          <PictureButton
            label={t("logo")}
            busy={busy}
            onChoose={(file) => void hang(file)}
            name="logo"
          >
            {company.logo_url ? t("logoReplace") : t("logoPut")}
          </PictureButton>
          {company.logo_url && (
            <Button
              look="quiet"
              disabled={busy}
              onClick={() => void takeDown()}
              data-testid="logo-remove"
            >
              {t("logoRemove")}
            </Button>
          )}
        </div>
      </div>
      <p className={error ? "fld-msg err" : "fld-msg"} role={error ? "alert" : undefined}>
        {error ?? t("logoHint")}
      </p>
    </fieldset>
  );
}
