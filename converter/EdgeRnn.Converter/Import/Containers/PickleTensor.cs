namespace EdgeRnn.Converter.Import.Containers;

/// <summary>A tensor: a view of a storage. Nothing in it is checked yet.</summary>
/// <param name="Storage">Where the elements are.</param>
/// <param name="Offset">Index of the first element.</param>
/// <param name="Shape">The size of each axis.</param>
/// <param name="Strides">Elements from one index to the next, per axis.</param>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
