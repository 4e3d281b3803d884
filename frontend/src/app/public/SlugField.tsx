import { useTranslation } from "react-i18next";
import { Field, useErrorOf } from "../../ui/field";
import "./words";

interface SlugFieldProps {
  slug: string;
  free: boolean | null;
  note: string | null;
  error: string | undefined;
  onWrite: (slug: string) => void;
}

/** The company's future address, with a live answer whether it is free. */
export function SlugField({ slug, free, note, error: said, onWrite }: SlugFieldProps) {
  const { t } = useTranslation("public");
  const error = useErrorOf(said, slug);
  const taken = free === false ? (note ?? t("slugTaken")) : undefined;
  const hint = slug && free === null ? (note ?? t("slugChecking")) : undefined;
  return (
    <Field
      label={t("slug")}
      error={error ?? taken}
      ok={free && slug ? t("slugFree") : undefined}
      hint={hint}
    >
      {(aria) => (
        <div className="inp lg box" aria-invalid={Boolean(error ?? taken)}>
          <input
            {...aria}
            value={slug}
            onChange={(event) => onWrite(event.target.value)}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            required
            data-testid="signup-slug"
          />
          <span className="t3">.{window.location.host}</span>
        </div>
      )}
    </Field>
  );
}
