package widgets

import (
	"path/filepath"

	"garrod/ui/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// ChooseFile asks for an existing file whose name ends in one of endings (all
// files when there are none) and calls chosen with its path. Nothing is called
// when the person changes their mind.
func (d *Desk) ChooseFile(endings []string, chosen func(path string)) {
	var dlg *Dialog
	fd := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		dlg.Close()
		if err != nil {
			d.Fail(err)
			return
		}
		if r != nil {
			path := r.URI().Path()
			_ = r.Close() // only the path is wanted; nothing was read
			chosen(filepath.FromSlash(path))
		}
	}, d.Window)
	if len(endings) > 0 {
		fd.SetFilter(storage.NewExtensionFileFilter(endings))
	}
	fd.Resize(d.most(fyne.NewSize(900, 600)))
	dlg = d.push(fd.Hide)
	fd.Show()
}

// chooseFolder asks for a folder.
func (d *Desk) chooseFolder(chosen func(path string)) {
	var dlg *Dialog
	fd := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		dlg.Close()
		if err != nil {
			d.Fail(err)
			return
		}
		if l != nil {
			chosen(filepath.FromSlash(l.Path()))
		}
	}, d.Window)
	fd.Resize(d.most(fyne.NewSize(900, 600)))
	dlg = d.push(fd.Hide)
	fd.Show()
}

// most limits a dialog's size to the window.
func (d *Desk) most(s fyne.Size) fyne.Size {
	limit := d.Window.Canvas().Size()
	return fyne.NewSize(min(s.Width, limit.Width-20), min(s.Height, limit.Height-20))
}

// FileField is a field for a path with a button that looks for the file.
func (d *Desk) FileField(placeholder string, endings []string) (*Entry, fyne.CanvasObject) {
	e := d.NewEntry(placeholder)
	browse := d.NewButton(words.T("browse"), func() { d.ChooseFile(endings, e.SetText) })
	return e, container.NewBorder(nil, nil, nil, browse, e)
}

// AskSavePath asks where to save a file. Fyne's own dialog would make an empty
// file at once; this one only asks for the path.
func (d *Desk) AskSavePath(title, suggested string, chosen func(path string)) {
	e := d.NewEntry("")
	e.SetText(suggested)
	folder := d.NewButton(words.T("save.folder"), func() {
		d.chooseFolder(func(dir string) { e.SetText(filepath.Join(dir, filepath.Base(e.Text))) })
	})
	var dlg *Dialog
	save := d.NewMainButton(words.T("save.save"), func() {
		dlg.Close()
		chosen(e.Text)
	})
	e.OnSubmitted = func(string) { save.OnTapped() }
	body := container.NewVBox(Note(words.T("save.where")), container.NewBorder(nil, nil, nil, folder, e))
	dlg = d.Open(title, body, fyne.NewSize(700, 140), save)
	dlg.Focus(e)
}
