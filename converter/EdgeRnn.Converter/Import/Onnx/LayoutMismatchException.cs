using System;

namespace EdgeRnn.Converter.Import.Onnx;

/// <summary>
/// The axes the graph's inputs were assumed to have do not fit. Caught by the importer, which tries the next assumption and
/// reports the message only when none fits.
/// </summary>
/// <param name="message">One line: what, where, expected, found.</param>
internal sealed class LayoutMismatchException(string message) : Exception(message);
