using EdgeRnn.Runtime;

namespace EdgeRnn.Converter.Emit;

/// <summary>Puts detector settings into a finished file and takes them out (runtime/FORMAT.md, section detc).</summary>
public static class DetectorSection
{
    /// <summary>
    /// The file with these settings in place of those it had. The model's identity, its golden steps and saved states of the network
    /// stay valid.
    /// </summary>
    /// <param name="file">A whole .ernn file; not changed.</param>
    /// <param name="settings">What a <see cref="Detector"/> is to do.</param>
    /// <returns>A whole .ernn file; the caller owns it.</returns>
    /// <exception cref="ConversionException">The file is signed.</exception>
    /// <exception cref="ModelException">The settings do not fit the model, or the runtime refuses the file.</exception>
    public static byte[] Write(byte[] file, DetectorSettings settings)
    {
        byte[] bare = Remove(file);
        DetectorChecks.Check(settings, Model.Load(bare));
        SettingsWriter writer = new();
        settings.Visit(writer);
        byte[] written = SectionEdit.Append(bare, DetectorSettings.Tag, writer.ToArray());
        Model.Load(written);
        return written;
    }

    /// <summary>The file without detector settings.</summary>
    /// <param name="file">A whole .ernn file; not changed.</param>
    public static byte[] Remove(byte[] file) => SectionEdit.Remove(file, DetectorSettings.Tag);

    /// <summary>The same settings in an object of their own.</summary>
    public static DetectorSettings Copy(DetectorSettings settings)
    {
        SettingsWriter writer = new();
        settings.Visit(writer);
        byte[] bytes = writer.ToArray();
        ByteReader reader = new(bytes, 0, bytes.Length, DetectorSettings.Tag);
        reader.Int32(); // the version
        DetectorSettings copy = new();
        copy.Visit(new SettingsReader(reader));
        return copy;
    }

    private sealed class SettingsWriter : SettingsVisitor
    {
        private readonly ByteWriter _writer = new();

        public SettingsWriter()
        {
            _writer.Int32(DetectorSettings.Version);
        }

        public byte[] ToArray() => _writer.ToArray();

        public override int Int(int value)
        {
            _writer.Int32(value);
            return value;
        }

        public override float Float(float value)
        {
            _writer.Single(value);
            return value;
        }

        public override int Length(int length) => Int(length);
    }
}
