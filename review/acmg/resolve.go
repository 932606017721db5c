package acmg

import (
	"fmt"
	"reflect"
	"strings"
)

// Layer is one rule set file as written: complete, or a part that extends
// another by id. Upper layers win field by field; null takes a field of the
// layer below away; a list replaces the whole list (as a JSON merge patch,
// RFC 7396, does).
type Layer struct {
	ID       RuleSetID
	Version  string
	Title    string
	Extends  RuleSetID // empty for a lowest layer
	Abstract bool      // not offered as a rule set by itself

	tree map[string]any
	hash string
}

// ParseLayer reads one layer. Unknown and repeated fields, wrong types and text
// after the value are a [*RuleSetError]; whether all fields are there is known
// only after [Resolve].
func ParseLayer(data []byte) (*Layer, error) {
	tree, bad := readTree(data)
	var rs RuleSet
	if bad == nil {
		bad = filler{partial: true, limits: ruleSetLimits}.fill("", tree, reflect.ValueOf(&rs).Elem(), limit{})
	}
	if bad == nil && (rs.ID == "" || rs.Version == "" || rs.Title == "") {
		bad = misplaced("", "a layer needs id, version and title")
	}
	if bad == nil && (rs.Layers != nil || rs.Provenance != nil) {
		bad = misplaced("layers", "a resolved rule set cannot be a layer")
	}
	if bad != nil {
		return nil, &RuleSetError{RuleSet: rs.ID, Field: bad.field, What: bad.what}
	}
	m, _ := tree.(map[string]any)
	return &Layer{rs.ID, rs.Version, rs.Title, rs.Extends, rs.Abstract, m, hashOf(canonicalJSON(m))}, nil
}

// Resolve merges layers, lowest first, into one rule set with the provenance of
// each field. Each layer must extend the one before it.
func Resolve(layers ...*Layer) (*RuleSet, error) {
	if len(layers) == 0 {
		return nil, &RuleSetError{What: "no layers"}
	}
	m := merger{tree: map[string]any{}, from: map[string]Provenance{}}
	var below RuleSetID
	var refs []any
	for _, l := range layers {
		if l.Extends != below {
			return nil, &RuleSetError{
				RuleSet: l.ID, Field: "extends",
				What: fmt.Sprintf("extends %q, but stands above %q", l.Extends, below),
			}
		}
		m.layer(l)
		refs = append(refs, map[string]any{"id": string(l.ID), "version": l.Version, "sha256": l.hash})
		below = l.ID
	}
	delete(m.tree, "extends")
	delete(m.tree, "abstract")
	m.tree["layers"] = refs
	m.tree["provenance"] = m.provenance()
	return newRuleSet(m.tree)
}

// LoadRuleSets reads layers and resolves every one that is not abstract over the
// layers it extends, in the order of the files.
func LoadRuleSets(files [][]byte) ([]*RuleSet, error) {
	byID := map[RuleSetID]*Layer{}
	var all []*Layer
	for _, data := range files {
		l, err := ParseLayer(data)
		if err != nil {
			return nil, err
		}
		if byID[l.ID] != nil {
			return nil, &RuleSetError{RuleSet: l.ID, Field: "id", What: "given by two files"}
		}
		byID[l.ID] = l
		all = append(all, l)
	}
	var sets []*RuleSet
	for _, l := range all {
		if l.Abstract {
			continue
		}
		chain, err := chainOf(l, byID)
		if err != nil {
			return nil, err
		}
		rs, err := Resolve(chain...)
		if err != nil {
			return nil, err
		}
		sets = append(sets, rs)
	}
	return sets, nil
}

// chainOf lists top and everything it extends, lowest first.
func chainOf(top *Layer, byID map[RuleSetID]*Layer) ([]*Layer, error) {
	chain := []*Layer{top}
	for l := top; l.Extends != ""; {
		next := byID[l.Extends]
		if next == nil {
			return nil, &RuleSetError{RuleSet: l.ID, Field: "extends", What: fmt.Sprintf("no layer %q", l.Extends)}
		}
		if len(chain) > len(byID) {
			return nil, &RuleSetError{RuleSet: top.ID, Field: "extends", What: "the layers extend each other in a circle"}
		}
		chain = append([]*Layer{next}, chain...)
		l = next
	}
	return chain, nil
}

// merger builds the resolved tree; from has one entry for each leaf.
type merger struct {
	tree map[string]any
	from map[string]Provenance
}

func (m *merger) layer(l *Layer) {
	source, _ := l.tree["source"].(string)
	m.merge(m.tree, l.tree, "", Provenance{Layer: string(l.ID) + " " + l.Version, Source: source})
}

// merge lays patch over dst. The source of a field is the nearest one its own
// layer names at the field's object or around it.
func (m *merger) merge(dst, patch map[string]any, path string, by Provenance) {
	if s, ok := patch["source"].(string); ok {
		by.Source = s
	}
	for _, name := range sortedKeys(patch) {
		place := strings.TrimPrefix(path+"."+name, ".")
		v := patch[name]
		sub, isObject := v.(map[string]any)
		old, wasObject := dst[name].(map[string]any)
		if !isObject || !wasObject {
			m.forget(place)
			delete(dst, name)
		}
		switch {
		case v == nil:
		case isObject:
			if !wasObject {
				old = map[string]any{}
				dst[name] = old
			}
			m.merge(old, sub, place, by)
		default:
			dst[name] = v
			m.from[place] = by
		}
	}
}

func (m *merger) forget(place string) {
	for p := range m.from {
		if p == place || strings.HasPrefix(p, place+".") {
			delete(m.from, p)
		}
	}
}

// provenance folds the entries of leaves: where a whole object has one origin,
// only the object is listed.
func (m *merger) provenance() map[string]any {
	out := map[string]any{}
	m.fold(m.tree, "", out)
	for _, own := range []string{"extends", "abstract", "layers", "provenance"} {
		delete(out, own)
	}
	return out
}

// fold lists the origins below path and answers the common one, if any.
func (m *merger) fold(v any, path string, out map[string]any) (Provenance, bool) {
	obj, isObject := v.(map[string]any)
	if !isObject {
		return m.from[path], true
	}
	origins := map[string]Provenance{}
	common, same := Provenance{}, len(obj) > 0
	for i, name := range sortedKeys(obj) {
		place := strings.TrimPrefix(path+"."+name, ".")
		p, one := m.fold(obj[name], place, out)
		if one {
			origins[place] = p
		}
		if i == 0 {
			common = p
		}
		same = same && one && p == common
	}
	if same && path != "" {
		return common, true
	}
	for place, p := range origins {
		entry := map[string]any{"layer": p.Layer}
		if p.Source != "" {
			entry["source"] = p.Source
		}
		out[place] = entry
	}
	return Provenance{}, false
}

// ProvenanceOf tells where the field at path ("pm2.limits.AD", as the file
// spells it) came from: its own entry, or that of the nearest object around it.
func (rs *RuleSet) ProvenanceOf(path string) Provenance {
	for p := path; p != ""; {
		if v, ok := rs.Provenance[p]; ok {
			return v
		}
		p = p[:max(strings.LastIndexByte(p, '.'), 0)]
	}
	return Provenance{Layer: strings.TrimSpace(string(rs.ID) + " " + rs.Version), Source: rs.Source}
}
