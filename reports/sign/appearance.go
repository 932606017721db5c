package sign

import (
	"bytes"
	"errors"
	"fmt"

	"garrod/reports/object"
)

// importAppearance copies the first page of a one-page PDF into the update as a
// Form XObject: its content, its resources and all they point at.
func importAppearance(u *object.Update, pdf []byte) (object.Ref, error) {
	f, err := object.Parse(pdf)
	if err != nil {
		return object.Ref{}, fmt.Errorf("read the signature's appearance: %w", err)
	}
	page, err := onlyPage(f)
	if err != nil {
		return object.Ref{}, err
	}
	content, err := pageContent(f, page)
	if err != nil {
		return object.Ref{}, err
	}
	c := copier{from: f, to: u, copied: map[object.Ref]object.Ref{}}
	form := object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"), "FormType": object.Integer(1),
		"BBox": c.value(page["MediaBox"]), "Resources": c.value(page["Resources"]),
	}
	if filter, ok := content.Dict["Filter"]; ok {
		form["Filter"] = c.value(filter)
	}
	return u.Add(object.Stream{Dict: form, Data: content.Data}), c.err
}

// onlyPage returns the page with MediaBox and Resources taken from the page
// tree's root where the page lacks them.
func onlyPage(f *object.File) (object.Dict, error) {
	pages := f.Dict(f.Root()["Pages"])
	kids := f.Array(pages["Kids"])
	if len(kids) != 1 || f.Dict(kids[0])["Kids"] != nil {
		return nil, errors.New("the signature's appearance does not have exactly one page")
	}
	page := f.Dict(kids[0])
	for _, k := range []object.Name{"MediaBox", "Resources"} {
		if page[k] == nil && pages[k] != nil {
			page = page.With(k, pages[k])
		}
		if page[k] == nil {
			return nil, fmt.Errorf("the signature's appearance has no %s", k)
		}
	}
	return page, nil
}

// pageContent returns the page's content stream; several are joined, which
// needs them without filters.
func pageContent(f *object.File, page object.Dict) (object.Stream, error) {
	list, ok := f.Resolve(page["Contents"]).(object.Array)
	if !ok {
		list = object.Array{page["Contents"]}
	}
	var parts [][]byte
	for _, o := range list {
		s, ok := f.Resolve(o).(object.Stream)
		if !ok {
			return object.Stream{}, errors.New("the signature's appearance has no content")
		}
		if len(list) == 1 {
			return s, nil
		}
		data, err := s.Decode(1 << 20)
		if err != nil {
			return object.Stream{}, fmt.Errorf("read the signature's appearance: %w", err)
		}
		parts = append(parts, data)
	}
	return object.Stream{Dict: object.Dict{}, Data: bytes.Join(parts, []byte("\n"))}, nil
}

// copier copies values from one file into an update of another.
type copier struct {
	from   *object.File
	to     *object.Update
	copied map[object.Ref]object.Ref
	err    error
}

func (c *copier) value(o object.Object) object.Object {
	return object.Map(o, func(r object.Ref) object.Object {
		if n, done := c.copied[r]; done {
			return n
		}
		n := c.to.Add(nil) // known before its content is copied: fonts may point back
		c.copied[r] = n
		if err := c.to.Set(n, c.value(c.from.Object(r))); err != nil && c.err == nil {
			c.err = err
		}
		return n
	})
}
