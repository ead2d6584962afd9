// A page of a certificate: a 600-dpi, 1-bit image of a sheet of A4 (4960×7016 pixels). There is no text layer.
// facts/page.md; mission.md S7: what leaves the city is images.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/refusal.hpp"

namespace mado::paper {

inline constexpr std::uint32_t page_width = 4960;   // pixels, 210 mm
inline constexpr std::uint32_t page_height = 7016;  // pixels, 297 mm
inline constexpr double pixels_per_mm = 600.0 / 25.4;

// A page_width × page_height image in JBIG2 (ITU-T T.88), as paper/page_image.hpp writes it. These are the very bytes
// that stand in the printed PDF's image stream; digests are taken over them.
using EncodedImage = Bytes;

// One sheet: its front, its back if it has one.
struct Sheet {
  EncodedImage front;
  std::optional<EncodedImage> back;
};

// What a PDF says about itself. No personal data: titles, names and times stay out.
struct PdfFacts {
  std::string issuance;  // hex of the issuance id, used as /ID and /Title
};

// A PDF (1.7) whose pages are the sheets' images, byte for byte, each drawn over the whole A4 page; `tint`
// (けん制文字), if given, is an image laid under every page. Deterministic: the same input gives the same bytes.
// Refusal: input_invalid without a sheet, beyond 1000 of them, for an image that check_image refuses, or an issuance
// that is not in hexadecimal.
Outcome<Bytes> write_pdf(std::span<const Sheet> sheets, const std::optional<EncodedImage>& tint, const PdfFacts& facts);

// The image streams of a PDF made by write_pdf, in page order, fronts and backs, without the tint: what is checked
// against the digests just before printing. Refusal: message_malformed if the PDF holds anything else.
Outcome<std::vector<EncodedImage>> images_of_pdf(ByteView pdf);

}  // namespace mado::paper
