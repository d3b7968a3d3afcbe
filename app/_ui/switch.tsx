type Props = { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void }

export function Switch({ label, hint, checked, onChange }: Props) {
  return (
    <label className="flex min-h-12 cursor-pointer items-center justify-between gap-4 rounded-xl py-1">
      <span className="min-w-0 wrap-anywhere">
        <span className="block text-body font-medium">{label}</span>
        <span className="block text-note text-muted">{hint}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-checked={checked}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="relative h-7 w-12 shrink-0 cursor-pointer appearance-none rounded-full bg-muted/60 transition-colors before:absolute before:top-0.5 before:left-0.5 before:size-6 before:rounded-full before:bg-white before:shadow before:transition-transform checked:bg-accent checked:before:translate-x-5"
      />
    </label>
  )
}
