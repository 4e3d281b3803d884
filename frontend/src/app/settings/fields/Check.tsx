import "./fields.css";

interface CheckProps {
  on: boolean;
  label: string;
  onChange: (on: boolean) => void;
  testId?: string;
}

/** One thing that is so or not, with its words beside the box. */
export function Check({ on, label, onChange, testId }: CheckProps) {
  return (
    <label className="row field-check">
      <input
        type="checkbox"
        className="cb"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        data-testid={testId}
      />
      {label}
    </label>
  );
}
