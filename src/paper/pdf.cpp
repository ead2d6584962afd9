// page.hpp's PDF: QPDF writes the objects; every image stream is embedded as it is.
#define POINTERHOLDER_TRANSITION 4  // QPDF 11 as it is, without the names of QPDF 10
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>
#include <exception>

#include "paper/page.hpp"
#include "paper/page_image.hpp"

namespace mado::paper {

namespace {
constexpr std::size_t most_pages = 1000;
constexpr std::size_t most_pdf_bytes = 256 * 1024 * 1024;
constexpr std::string_view hexadecimal = "0123456789abcdef";

// A4 at 600 dpi in points (1/72 inch): 4960 × 72 / 600, 7016 × 72 / 600.
constexpr std::string_view page_width_points = "595.2";
constexpr std::string_view page_height_points = "841.92";

std::string draw(std::string_view name) {
  return "q " + std::string(page_width_points) + " 0 0 " + std::string(page_height_points) + " 0 0 cm /" +
         std::string(name) + " Do Q\n";
}

// The filter decodes black to 0 (ISO 32000-1 7.4.7): black in DeviceGray, and painted by a stencil mask.
enum class Drawn { as_image, as_mask };

QPDFObjectHandle image_object(QPDF& pdf, const EncodedImage& image, Drawn how) {
  auto stream = QPDFObjectHandle::newStream(&pdf);
  auto entries = QPDFObjectHandle::parse("<< /Type /XObject /Subtype /Image /BitsPerComponent 1 >>");
  entries.replaceKey("/Width", QPDFObjectHandle::newInteger(page_width));
  entries.replaceKey("/Height", QPDFObjectHandle::newInteger(page_height));
  if (how == Drawn::as_mask) {
    entries.replaceKey("/ImageMask", QPDFObjectHandle::newBool(true));
  } else {
    entries.replaceKey("/ColorSpace", QPDFObjectHandle::newName("/DeviceGray"));
  }
  stream.replaceDict(entries);
  stream.replaceStreamData(string_of(image), QPDFObjectHandle::newName("/JBIG2Decode"), QPDFObjectHandle::newNull());
  return pdf.makeIndirectObject(stream);
}

void add_page(QPDF& pdf, const EncodedImage& image, const std::optional<QPDFObjectHandle>& tint) {
  auto images = QPDFObjectHandle::newDictionary();
  if (tint) images.replaceKey("/Tint", *tint);
  images.replaceKey("/Page", image_object(pdf, image, tint ? Drawn::as_mask : Drawn::as_image));
  auto resources = QPDFObjectHandle::newDictionary();
  resources.replaceKey("/XObject", images);
  auto page = QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 " + std::string(page_width_points) + " " +
                                      std::string(page_height_points) + "] >>");
  page.replaceKey("/Resources", resources);
  page.replaceKey("/Contents", QPDFObjectHandle::newStream(&pdf, (tint ? draw("Tint") : "") + draw("Page")));
  QPDFPageDocumentHelper(pdf).addPage(pdf.makeIndirectObject(page), false);
}

Bytes written(QPDF& pdf, const std::string& issuance) {
  auto trailer = pdf.getTrailer();
  auto info = QPDFObjectHandle::newDictionary();
  info.replaceKey("/Title", QPDFObjectHandle::newString(issuance));
  trailer.replaceKey("/Info", pdf.makeIndirectObject(info));
  // QPDF keeps the first identifier and makes the second from the content.
  const auto id = from_hex(issuance).value_or(Bytes{});
  trailer.replaceKey("/ID", QPDFObjectHandle::newArray(std::vector{QPDFObjectHandle::newString(string_of(id)),
                                                                   QPDFObjectHandle::newString(string_of(id))}));
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setStreamDataMode(qpdf_s_preserve);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setDeterministicID(true);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

Outcome<void> check_input(std::span<const Sheet> sheets, const std::optional<EncodedImage>& tint,
                          const PdfFacts& facts) {
  if (sheets.empty() || sheets.size() > most_pages) return refuse(Reason::input_invalid, "a PDF has 1 to 1000 pages");
  if (facts.issuance.size() > 32 || facts.issuance.find_first_not_of(hexadecimal) != std::string::npos) {
    return refuse(Reason::input_invalid, "the issuance id is not in hexadecimal");
  }
  const auto is_page = [](const EncodedImage& image) { return check_image(image).has_value(); };
  const bool all_are = std::ranges::all_of(
      sheets, [&](const Sheet& sheet) { return is_page(sheet.front) && (!sheet.back || is_page(*sheet.back)); });
  if (!all_are || (tint && !is_page(*tint))) return refuse(Reason::input_invalid, "an image is no page");
  return {};
}

EncodedImage raw_image(QPDFObjectHandle image) {
  const auto buffer = image.getRawStreamData();
  return EncodedImage(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

struct Found {
  std::vector<Sheet> pages;  // every page as the front of a sheet of its own
  std::optional<EncodedImage> tint;
  PdfFacts facts;
};

Found find_images(ByteView bytes) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.setAttemptRecovery(false);
  pdf.processMemoryFile("certificate", reinterpret_cast<const char*>(bytes.data()), bytes.size());
  Found found;
  found.facts.issuance = pdf.getTrailer().getKey("/Info").getKey("/Title").getStringValue();
  for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    auto images = page.getObjectHandle().getKey("/Resources").getKey("/XObject");
    if (images.hasKey("/Tint")) found.tint = raw_image(images.getKey("/Tint"));
    found.pages.push_back({raw_image(images.getKey("/Page")), std::nullopt});
  }
  return found;
}
}  // namespace

Outcome<Bytes> write_pdf(std::span<const Sheet> sheets, const std::optional<EncodedImage>& tint,
                         const PdfFacts& facts) {
  MADO_CHECK(check_input(sheets, tint, facts));
  try {
    QPDF pdf;
    pdf.emptyPDF();
    std::optional<QPDFObjectHandle> tint_object;
    if (tint) tint_object = image_object(pdf, *tint, Drawn::as_image);
    for (const auto& sheet : sheets) {
      add_page(pdf, sheet.front, tint_object);
      if (sheet.back) add_page(pdf, *sheet.back, tint_object);
    }
    return written(pdf, facts.issuance);
  } catch (const std::exception&) {
    return refuse(Reason::internal, "QPDF wrote no PDF");
  }
}

// Nothing but what write_pdf writes can pass: what was found is written again and must give the very same bytes.
Outcome<std::vector<EncodedImage>> images_of_pdf(ByteView pdf) {
  const auto malformed = [] { return refuse(Reason::message_malformed, "the PDF is not one that write_pdf makes"); };
  if (pdf.empty() || pdf.size() > most_pdf_bytes) return malformed();
  try {
    auto found = find_images(pdf);
    const auto again = write_pdf(found.pages, found.tint, found.facts);
    if (!again || !std::ranges::equal(*again, pdf)) return malformed();
    std::vector<EncodedImage> images;
    for (auto& page : found.pages) images.push_back(std::move(page.front));
    return images;
  } catch (const std::exception&) {
    return malformed();
  }
}

}  // namespace mado::paper
