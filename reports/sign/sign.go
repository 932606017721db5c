package sign

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"garrod/reports/object"
	"garrod/review"
)

// reserve is the room for the CMS in bytes: chain and time-stamp need about 9 KB.
const reserve = 16 << 10

// rangeWidth is the room for the ByteRange array, enough for files of 10 GB.
const rangeWidth = 48

// Options say who signs what and how it looks.
type Options struct {
	Field string // name of the empty signature field, "Scientist" or "Authoriser"

	Signer      crypto.Signer
	Certificate *x509.Certificate
	Chain       []*x509.Certificate // intermediates; a root among them is left out

	Time time.Time // claimed signing time; written in UTC, whole seconds

	// Name, Role, Reason and Location are for readers of the PDF, at most 256
	// characters each, and may be empty. Name defaults to the certificate's.
	Name, Role, Reason, Location string

	// Appearance is a PDF of one page of the field's size, drawn into the field;
	// nil leaves the field as it looks.
	Appearance []byte

	Rand io.Reader // nil means crypto/rand

	reserve int // of tests
}

// Sign returns base with one more signature appended; it starts with the very
// bytes of base. It refuses an unfit certificate (see [CheckCertificate]), a
// field that is missing or signed, a file whose earlier signatures do not
// verify, and, as *review.PolicyError, a second signature with the same key.
// What it returns has passed [Verify], trust apart.
func Sign(base []byte, opt Options) ([]byte, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	f, err := object.Parse(base)
	if err != nil {
		return nil, unreadable(err)
	}
	target, err := opt.target(f)
	if err != nil {
		return nil, err
	}
	out, sig, err := opt.prepare(f, target)
	if err != nil {
		return nil, err
	}
	if err := opt.fill(out, sig); err != nil {
		return nil, err
	}
	return out, opt.confirm(out)
}

// check tests what does not depend on the file.
func (opt Options) check() error {
	if opt.Signer == nil || opt.Certificate == nil || opt.Time.IsZero() {
		return errors.New("sign: no key, no certificate or no time given")
	}
	if err := CheckCertificate(opt.Certificate, opt.Time); err != nil {
		return err
	}
	return checkKey(opt.Signer, opt.Certificate)
}

// target finds the field to sign and refuses what must not be signed.
func (opt Options) target(f *object.File) (field, error) {
	x := examine(f)
	if problems := x.unsound(); len(problems) > 0 {
		return field{}, &review.InputError{
			Code: "earlier_signature_invalid", What: "the report cannot be signed: " + problems[0],
			Remedy: "Issue the report again from the case.",
		}
	}
	target, ok := fieldNamed(x.fields, opt.Field)
	if !ok {
		return field{}, &review.InputError{
			Code: "signature_field_missing", Field: opt.Field, What: "the report has no signature field of that name",
			Remedy: "Issue the report again from the case.",
		}
	}
	if target.value() != nil {
		return field{}, &review.InputError{
			Code: "already_signed", Field: opt.Field, What: "this field of the report is already signed",
			Remedy: "Amend the report if it has to change.",
		}
	}
	for _, s := range x.signed {
		if checkKey(opt.Signer, s.cms.cert) == nil {
			return field{}, &review.PolicyError{
				Code: "same_certificate", What: "the report is already signed with this key, as " + s.field.name,
				Remedy: "A second person signs with an identity of their own.",
			}
		}
	}
	return target, nil
}

// prepare appends the revision with an empty signature.
func (opt Options) prepare(f *object.File, target field) ([]byte, object.Ref, error) {
	u := object.NewUpdate(f)
	dict, err := opt.dictionary()
	if err != nil {
		return nil, object.Ref{}, err
	}
	sig := u.Add(object.Raw(dict))
	changed := target.dict.With("V", sig)
	if opt.Appearance != nil {
		form, err := importAppearance(u, opt.Appearance)
		if err != nil {
			return nil, sig, err
		}
		changed["AP"] = object.Dict{"N": form}
	}
	if err := u.Set(target.ref, changed); err != nil {
		return nil, sig, fmt.Errorf("fill signature field: %w", err)
	}
	h := sha256.New()
	h.Write(f.Bytes())
	h.Write(dict)
	out, err := u.Bytes(h.Sum(nil)[:16])
	if err != nil {
		return nil, sig, fmt.Errorf("append signature: %w", err)
	}
	return out, sig, nil
}

// dictionary writes the signature dictionary with room for ByteRange and
// Contents. Contents is last, so that all other keys stand before the gap.
func (opt Options) dictionary() ([]byte, error) {
	name := opt.Name
	if name == "" {
		name = signerName(opt.Certificate)
	}
	reason := strings.Trim(opt.Role+": "+opt.Reason, ": ")
	b := []byte("<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached")
	b = append(append(b, " /M "...), object.Marshal(encodeDate(opt.Time))...)
	for _, kv := range []struct{ key, text string }{{"Name", name}, {"Reason", reason}, {"Location", opt.Location}} {
		if kv.text == "" {
			continue
		}
		o, err := encodeText(kv.text)
		if err != nil {
			return nil, &review.InputError{
				Code: "signature_text", Field: kv.key, What: err.Error(), Remedy: "Shorten or retype it.", Err: err,
			}
		}
		b = fmt.Appendf(b, " /%s %s", kv.key, object.Marshal(o))
	}
	b = fmt.Appendf(b, " /ByteRange %*s", rangeWidth, "[]")
	return fmt.Appendf(b, " /Contents <%s>>>", strings.Repeat("0", 2*opt.room())), nil
}

func (opt Options) room() int {
	if opt.reserve > 0 {
		return opt.reserve
	}
	return reserve
}

// fill writes ByteRange and Contents into the file in place.
func (opt Options) fill(out []byte, sig object.Ref) error {
	f, err := object.Parse(out)
	if err != nil {
		return fmt.Errorf("read the prepared file: %w", err)
	}
	_, end, ok := f.Span(sig)
	if !ok {
		return errors.New("the prepared signature is missing")
	}
	// The dictionary ends "… /ByteRange <48 bytes> /Contents <hex>>>\nendobj".
	stop := end - len(">>\nendobj")
	gap := stop - 2*opt.room() - 2
	list := gap - len(" /Contents ") - rangeWidth
	copy(out[list:], fmt.Sprintf("%-*s", rangeWidth, fmt.Sprintf("[0 %d %d %d]", gap, stop, len(out)-stop)))
	id := identity{key: opt.Signer, cert: opt.Certificate, chain: opt.Chain, rand: opt.Rand}
	if id.rand == nil {
		id.rand = rand.Reader
	}
	der, err := id.buildCMS(out[:gap], out[stop:])
	if err != nil {
		return err
	}
	if len(der) > opt.room() {
		return fmt.Errorf("the signature needs %d bytes, %d are reserved", len(der), opt.room())
	}
	hex.Encode(out[gap+1:], der)
	return nil
}

// confirm verifies what was made before anybody gets it.
func (opt Options) confirm(out []byte) error {
	f, err := object.Parse(out)
	if err != nil {
		return fmt.Errorf("read the signed file: %w", err)
	}
	x := examine(f)
	if problems := x.unsound(); len(problems) > 0 {
		return fmt.Errorf("the new signature does not verify: %s", problems[0])
	}
	last := x.signed[len(x.signed)-1]
	if last.field.name != opt.Field || !bytes.Equal(last.cms.cert.Raw, opt.Certificate.Raw) || !last.coversFile {
		return errors.New("the new signature does not verify: it is not the last one in the file")
	}
	return nil
}

func unreadable(err error) error {
	return &review.InputError{
		Code: "pdf_unreadable", What: "the report is not a PDF that can be signed: " + err.Error(),
		Remedy: "Issue the report again from the case.", Err: err,
	}
}
