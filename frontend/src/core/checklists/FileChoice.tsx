import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import "./words";

interface FileChoiceProps {
  /** Only pictures, and the camera first where there is one. */
  photo: boolean;
  /** The name of the file that is on its way. */
  sending: string | null;
  primary?: boolean;
  onChoose: (file: File) => void;
}

/** A file to show for a point: from the camera of a telephone, or from the disk. */
export function FileChoice({ photo, sending, primary, onChoose }: FileChoiceProps) {
  const { t } = useTranslation("checklists");
  const camera = useRef<HTMLInputElement>(null);
  const disk = useRef<HTMLInputElement>(null);
  const field = (box: typeof camera, more: object, testId: string, label: string) => (
    <input
      ref={box}
      type="file"
      accept={photo ? "image/*" : undefined}
      className="vh"
      tabIndex={-1}
      aria-label={label}
      data-testid={testId}
      onChange={(event) => {
        const file = event.target.files?.[0];
        event.target.value = "";
        if (file) onChoose(file);
      }}
      {...more}
    />
  );
  if (sending !== null) {
    return (
      <p className="row f13 t2" role="status">
        <Icon name="loader" size={16} className="spin" />
        <span>{t("sending", { name: sending })}</span>
      </p>
    );
  }
  const look = primary ? "primary" : "default";
  return (
    <div className="row check-pick">
      {photo && (
        <Button
          look={look}
          icon="camera"
          className="only-touch"
          onClick={() => camera.current?.click()}
        >
          {t("shoot")}
        </Button>
      )}
      <Button
        look={look}
        icon={photo ? "image" : "paperclip"}
        onClick={() => disk.current?.click()}
        data-autofocus={primary ? true : undefined}
      >
        {photo ? t(primary ? "choosePhoto" : "addPhoto") : t("chooseFile")}
      </Button>
      {photo && field(camera, { capture: "environment" }, "point-camera", t("shoot"))}
      {field(disk, {}, "point-upload", photo ? t("choosePhoto") : t("chooseFile"))}
    </div>
  );
}
