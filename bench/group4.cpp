#include "bench/group4.hpp"

#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "paper/page.hpp"
#include "paper/raster.hpp"

namespace mado::bench {

namespace {
constexpr std::size_t page_bytes = paper::row_bytes * paper::page_height;
constexpr std::size_t most_encoded_bytes = 8 * 1024 * 1024;

// A TIFF file in memory. libtiff reads and writes it through the callbacks below.
struct MemoryFile {
  Bytes bytes;
  std::size_t position = 0;
  bool complained = false;  // libtiff reported an error or a warning
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_some(thandle_t handle, void* to, tmsize_t size) {
  auto& file = file_of(handle);
  const auto left = file.bytes.size() - std::min(file.position, file.bytes.size());
  const auto count = std::min(left, static_cast<std::size_t>(size));
  if (count != 0) std::memcpy(to, file.bytes.data() + file.position, count);
  file.position += count;
  return static_cast<tmsize_t>(count);
}

tmsize_t write_some(thandle_t handle, void* from, tmsize_t size) {
  auto& file = file_of(handle);
  const auto count = static_cast<std::size_t>(size);
  const auto end = file.position + count;
  if (end > most_encoded_bytes + 4096) return -1;
  if (file.bytes.size() < end) file.bytes.resize(end);
  std::memcpy(file.bytes.data() + file.position, from, count);
  file.position = end;
  return size;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  auto& file = file_of(handle);
  const toff_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file.position : file.bytes.size();
  file.position = static_cast<std::size_t>(base + offset);
  return file.position;
}

int close(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return file_of(handle).bytes.size(); }

int complain(TIFF*, void* file, const char*, const char*, va_list) {
  static_cast<MemoryFile*>(file)->complained = true;
  return 1;
}

using Tiff = std::unique_ptr<TIFF, decltype(&TIFFClose)>;

Tiff open(MemoryFile& file, const char* mode) {
  const std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options{TIFFOpenOptionsAlloc(),
                                                                                 &TIFFOpenOptionsFree};
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), complain, &file);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), complain, &file);
  return Tiff{TIFFClientOpenExt("page", mode, &file, read_some, write_some, seek, close, size_of, nullptr, nullptr,
                                options.get()),
              &TIFFClose};
}

void describe_page(TIFF* tiff) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, paper::page_width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, paper::page_height);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, paper::page_height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
}
}  // namespace

Outcome<Bytes> encode_group4(ByteView bits) {
  if (bits.size() != page_bytes) return refuse(Reason::internal, "a page to encode has the wrong size");
  MemoryFile file;
  const auto tiff = open(file, "wm");
  if (!tiff) return refuse(Reason::internal, "libtiff opened no page");
  describe_page(tiff.get());
  // libtiff promises not to change what it is given: its encoders copy before they swap bits.
  auto* from = const_cast<std::uint8_t*>(bits.data());
  if (TIFFWriteEncodedStrip(tiff.get(), 0, from, static_cast<tmsize_t>(bits.size())) < 0 || file.complained) {
    return refuse(Reason::internal, "libtiff did not encode a page");
  }
  const auto offset = static_cast<std::size_t>(TIFFGetStrileOffset(tiff.get(), 0));
  const auto count = static_cast<std::size_t>(TIFFGetStrileByteCount(tiff.get(), 0));
  if (count == 0 || offset + count > file.bytes.size()) return refuse(Reason::internal, "libtiff lost a page's strip");
  const auto strip = file.bytes.begin() + static_cast<std::ptrdiff_t>(offset);
  return Bytes(strip, strip + static_cast<std::ptrdiff_t>(count));
}

}  // namespace mado::bench
