namespace EdgeRnn.Converter.Import;

/// <summary>How one element of a stored tensor is written, little-endian.</summary>
internal enum ElementType
{
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt64,
    UInt32,
    UInt16,
    UInt8,
    Bool,
}
