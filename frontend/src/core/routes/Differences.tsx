import { useTranslation } from "react-i18next";
import type { ChangedField } from "./deciding";
import "./routes.css";
import "./words";

/** Fields as they were and as they are. */
export function Differences({ fields }: { fields: ChangedField[] }) {
  const { t } = useTranslation("routes");
  return (
    <dl className="route-diff">
      {fields.map((one) => (
        <div key={one.title}>
          <dt>{one.title}</dt>
          <dd>
            <del>{one.old || t("becameEmpty")}</del> → <ins>{one.new || t("becameEmpty")}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
