import { Bookmark, BookmarkPlus, BookmarkX } from 'lucide-react'
import { useState } from 'react'
import { quarantineMethods, type QuarantineFilter } from '#features/quarantine'
import { useEngine } from '../../lib/engine.tsx'
import { hrefTo, navigate } from '../../lib/route.ts'
import { tell, tellError } from '../../lib/toasts.ts'
import { useQuery } from '../../lib/use-query.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Menu, MenuItem, MenuLine, MenuNote } from '../../ui/menu.tsx'
import { addressOf, isNarrowed } from './filter-in-address.ts'

/** Filters that are kept under a name. */
export function ViewsMenu({ filter }: { readonly filter: QuarantineFilter }) {
  const engine = useEngine()
  const { data: views } = useQuery(quarantineMethods.views, {}, { keepPrevious: true })
  const [isNaming, setNaming] = useState(false)
  const current = views?.find((view) => JSON.stringify(addressOf(view.filter)) === JSON.stringify(addressOf(filter)))
  const remove = (name: string) => {
    engine.call(quarantineMethods.removeView, { name }).then(
      () => tell(`Removed the view “${name}”.`),
      (error: unknown) => tellError(error),
    )
  }
  return (
    <>
      <Menu
        button={
          <Button icon={<Bookmark aria-hidden="true" />} title="Filters that are kept under a name">
            Views
          </Button>
        }
      >
        {views?.map((view) => (
          <MenuItem key={view.name} onChoose={() => navigate(hrefTo('quarantine', null, addressOf(view.filter)))}>
            <Bookmark aria-hidden="true" />
            {view.name}
            {view.name === current?.name && <span className="soft">(shown)</span>}
          </MenuItem>
        ))}
        {views?.length === 0 && <MenuNote>No view is saved yet.</MenuNote>}
        <MenuLine />
        {isNarrowed(filter) ? (
          <MenuItem onChoose={() => setNaming(true)}>
            <BookmarkPlus aria-hidden="true" />
            Save this view…
          </MenuItem>
        ) : (
          <MenuNote>Choose filters to save them as a view.</MenuNote>
        )}
        {current !== undefined && (
          <MenuItem onChoose={() => remove(current.name)}>
            <BookmarkX aria-hidden="true" />
            Remove “{current.name}”
          </MenuItem>
        )}
      </Menu>
      {isNaming && <NameDialog filter={filter} onClose={() => setNaming(false)} />}
    </>
  )
}

function NameDialog({ filter, onClose }: { readonly filter: QuarantineFilter; onClose(): void }) {
  const engine = useEngine()
  const [name, setName] = useState('')
  return (
    <FormDialog
      title="Save this view"
      action="Save"
      isReady={name.trim() !== ''}
      onSubmit={async () => {
        await engine.call(quarantineMethods.saveView, { name, filter })
        tell(`Saved the view “${name.trim()}”.`)
      }}
      onClose={onClose}
    >
      <Field
        label="Name"
        hint="A view of this name is replaced."
        required
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  )
}
