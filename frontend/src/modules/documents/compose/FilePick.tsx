import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { sizeText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import "./words";

interface FilePickProps {
  files: File[];
  onChange: (files: File[]) => void;
  hint: string;
}

/** Files of what is being made: chosen, dropped or pasted; the first of them is the text. */
export function FilePick({ files, onChange, hint }: FilePickProps) {
  const { t } = useTranslation("documents_new");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const add = (more: FileList | null) => onChange([...files, ...(more ?? [])]);
  return (
    <div>
      <button
        type="button"
        className={over ? "doc-files on" : "doc-files"}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add(event.dataTransfer.files);
        }}
        data-testid="new-files"
      >
        <Icon name="upload" />
        <span>{hint}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        className="vh"
        tabIndex={-1}
        aria-label={t("addFiles")}
        onChange={(event) => {
          add(event.target.files);
          event.target.value = "";
        }}
        data-testid="new-file-input"
      />
      {files.map((file, index) => (
        <div key={`${file.name}-${file.lastModified}-${file.size}`} className="doc-file f13">
          <Icon name="paperclip" size={14} />
          <span className="el grow">{file.name}</span>
          {index === 0 && <span className="t3 f12">{t("isText")}</span>}
          <span className="t3 num">{sizeText(file.size)}</span>
          <IconButton
            icon="x"
            small
            label={t("removeFile", { name: file.name })}
            onClick={() => onChange(files.filter((one) => one !== file))}
          />
        </div>
      ))}
    </div>
  );
}
