using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>
/// Puts a measured warm-up into a finished file. It is no part of the model's identity: golden steps and saved states stay valid.
/// </summary>
public static class WarmUpField
{
    private const string Section = "PLAN";
    private const int Offset = 16; // behind four figures of the memory plan (runtime/FORMAT.md)

    /// <summary>The file with this warm-up in place of the one it had.</summary>
    /// <param name="file">A whole .ernn file; not changed.</param>
    /// <param name="steps">Steps until the state has forgotten its start, at least 0.</param>
    /// <returns>A whole .ernn file; the caller owns it.</returns>
    /// <exception cref="ConversionException">The file is signed.</exception>
    public static byte[] Write(byte[] file, int steps)
    {
        byte[] written = SectionEdit.Replace(file, Section, Offset, steps);
        Model.Load(written);
        return written;
    }
}
