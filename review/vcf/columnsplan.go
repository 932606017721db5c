package vcf

import (
	"cmp"
	"maps"
	"slices"

	"garrod/review"
)

// columnPlan says which columns of CSQ and which INFO fields the columns of a
// scan rest on, made of the header once. The values it needs for each allele are
// numbered: first those of CSQ, then those of INFO.
type columnPlan struct {
	layout  *Layout    // of CSQ, nil where the header has none
	named   bool       // rows name their allele
	steps   []planStep // what every row is looked at for, by column
	columns []int      // of CSQ, ascending: of each an allele's first value counts
	fields  []infoValue
	keys    [256][]planKey // INFO fields by the first byte of their name

	keyCount int

	groups               []frequencyValues
	significance, status planValue // ClinVar's
	old                  planValue // VEP's CLIN_SIG
	deltas               []planValue
	combined             planValue // of SpliceAI in one CSQ column
}

// planValue is the number of a value, -1 for none.
type planValue int

// planStep is a column that every row is looked at for.
type planStep struct {
	column int
	cell   rowCell
}

// rowCell numbers the columns that every row is looked at for.
type rowCell uint8

const (
	cellAllele rowCell = iota
	cellAlleleNum
	cellTerms
	cellSymbol
	cellGene
	cellBiotype
	cellHGNC
	rowCells
)

// planRoles are the roles of the cells.
var planRoles = [rowCells]role{
	cellAllele: roleAllele, cellAlleleNum: roleAlleleNum, cellTerms: roleTerms, cellSymbol: roleSymbol,
	cellGene: roleGene, cellBiotype: roleBiotype, cellHGNC: roleHGNC,
}

// infoValue is an INFO field that holds a value.
type infoValue struct {
	number string // as declared
	// whole says that the value is not split by allele (see clinvarFields.text).
	whole bool
}

// planKey is an INFO field to be looked for.
type planKey struct {
	name   string
	index  int // among the fields whose use is noted
	action keyAction
	value  planValue
}

type keyAction uint8

const (
	keyNoted    keyAction = iota // only that it is there
	keyRows                      // the rows of CSQ
	keyValue                     // a value
	keyCombined                  // SpliceAI's answer in one field
	keyUnusual                   // what columns cannot be made of directly
)

// frequencyValues are the values of one group that counts.
type frequencyValues struct{ af, ac, an planValue }

// newColumnPlan makes the plan for a file.
func newColumnPlan(src *source, rule review.FrequencyRule) *columnPlan {
	p := &columnPlan{}
	b := planBuilder{plan: p, infos: src.header.Infos, actions: map[string]planKey{}}
	b.layouts(src.header)
	b.fieldMap(src, rule)
	slices.Sort(p.columns)
	b.number()
	p.keyCount = len(b.actions)
	for i, name := range slices.Sorted(maps.Keys(b.actions)) {
		k := b.actions[name]
		k.name, k.index = name, i
		if name != "" {
			p.keys[name[0]] = append(p.keys[name[0]], k)
		}
	}
	return p
}

// planBuilder gathers the values a plan needs before they have numbers.
type planBuilder struct {
	plan    *columnPlan
	infos   map[string]Field
	actions map[string]planKey
	wanted  []wantedValue
}

type wantedValue struct {
	place place
	whole bool
	to    *planValue
}

// layouts takes the first layout of CSQ, as the fieldMap does. Rows of another
// annotation make a line unusual.
func (b *planBuilder) layouts(h *Header) {
	for i := range h.Layouts {
		l := &h.Layouts[i]
		if l.Source != "CSQ" || b.plan.layout != nil {
			b.actions[l.Field] = planKey{action: keyUnusual}
			continue
		}
		b.plan.layout, b.plan.named = l, l.has(roleAllele)
		b.actions[l.Field] = planKey{action: keyRows}
		for cell, r := range planRoles {
			if c, ok := l.roles[r]; ok {
				b.plan.steps = append(b.plan.steps, planStep{c, rowCell(cell)})
			}
		}
	}
	slices.SortFunc(b.plan.steps, func(x, y planStep) int { return cmp.Compare(x.column, y.column) })
}

// want asks for a value; to is set once values have numbers.
func (b *planBuilder) want(p *place, whole bool, to *planValue) {
	*to = -1
	if p == nil {
		return
	}
	b.wanted = append(b.wanted, wantedValue{*p, whole, to})
	if p.column >= 0 && !slices.Contains(b.plan.columns, p.column) {
		b.plan.columns = append(b.plan.columns, p.column)
	}
}

func (b *planBuilder) fieldMap(src *source, rule review.FrequencyRule) {
	p, m := b.plan, src.fields
	p.groups = make([]frequencyValues, 0, len(m.groups))
	for _, g := range m.groups {
		for _, used := range g.places {
			b.note(used)
		}
		if rule.Excludes(g.group) {
			continue
		}
		p.groups = append(p.groups, frequencyValues{})
		to := &p.groups[len(p.groups)-1]
		b.want(g.at(qAF), false, &to.af)
		b.want(g.at(qAC), false, &to.ac)
		b.want(g.at(qAN), false, &to.an)
	}
	for _, s := range m.scores {
		b.note(s.place)
	}
	b.want(m.clinvar.significance, true, &p.significance)
	b.want(m.clinvar.status, true, &p.status)
	b.want(m.clinvar.old, false, &p.old)
	b.splice(&m.deltas)
}

func (g *frequencyGroup) at(q quantity) *place {
	if p, ok := g.places[q]; ok {
		return &p
	}
	return nil
}

func (b *planBuilder) splice(s *spliceFields) {
	p := b.plan
	p.deltas = make([]planValue, 4)
	for i, key := range spliceKeys {
		at, ok := s.columns[key]
		switch {
		case !ok && i < len(p.deltas):
			p.deltas[i] = -1
		case !ok:
		case i < len(p.deltas):
			b.want(&at, false, &p.deltas[i])
		default:
			b.note(at)
		}
	}
	p.combined = -1
	switch {
	case s.combined == nil:
	case s.combined.column >= 0:
		b.want(s.combined, false, &p.combined)
	default:
		b.actions[s.combined.id] = planKey{action: keyCombined}
	}
}

// note lets the use of an INFO field be noted.
func (b *planBuilder) note(p place) {
	if _, ok := b.actions[p.id]; !ok && p.column < 0 {
		b.actions[p.id] = planKey{action: keyNoted}
	}
}

// number gives the values their numbers.
func (b *planBuilder) number() {
	p := b.plan
	for _, w := range b.wanted {
		if w.place.column >= 0 {
			*w.to = planValue(slices.Index(p.columns, w.place.column))
			continue
		}
		*w.to = planValue(len(p.columns) + len(p.fields))
		// Two uses of one field would need two actions for one name.
		if k, taken := b.actions[w.place.id]; taken && k.action != keyNoted {
			b.actions[w.place.id] = planKey{action: keyUnusual}
			*w.to = -1
			continue
		}
		b.actions[w.place.id] = planKey{action: keyValue, value: *w.to}
		p.fields = append(p.fields, infoValue{number: b.infos[w.place.id].Number, whole: w.whole})
	}
}

// values is how many values an allele has.
func (p *columnPlan) values() int { return len(p.columns) + len(p.fields) }

// key finds what is to be done with an INFO field, nil for nothing.
func (p *columnPlan) key(field []byte) *planKey {
	if len(field) == 0 {
		return nil
	}
	candidates := p.keys[field[0]]
	for i := range candidates {
		k := &candidates[i]
		if n := len(k.name); len(field) >= n && string(field[:n]) == k.name && (len(field) == n || field[n] == '=') {
			return k
		}
	}
	return nil
}
