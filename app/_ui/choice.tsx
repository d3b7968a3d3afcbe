'use client'
import { useId } from 'react'

type Props = {
  legend: string
  options: readonly { value: number; label: string }[]
  value: number
  disabled?: boolean
  onChange: (value: number) => void
}

/** A few values of which one is chosen: radio buttons that look like one control. */
export function Choice({ legend, options, value, disabled = false, onChange }: Props) {
  const name = useId()
  return (
    <fieldset disabled={disabled} className="min-w-0 disabled:opacity-50">
      <legend className="mb-1.5 text-sm font-medium text-muted">{legend}</legend>
      <div className="flex flex-wrap gap-1 rounded-xl bg-sunken p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className="grid min-h-10 flex-1 cursor-pointer place-items-center rounded-lg px-2 text-body font-semibold whitespace-nowrap text-muted tabular-nums has-checked:bg-raised has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-3 has-focus-visible:outline-focus"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
