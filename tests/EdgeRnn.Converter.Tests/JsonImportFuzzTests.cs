using System;
using System.IO;
using EdgeRnn.Converter;
using EdgeRnn.Converter.Emit;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.Arch;
using EdgeRnn.Converter.Import.KerasJson;

namespace EdgeRnn.Tests;

/// <summary>Damaged descriptions and models end in a model file or in a ConversionException, whatever was damaged.</summary>
public sealed class JsonImportFuzzTests
{
    private const int Rounds = 3000;

    [Fact]
    public void A_damaged_arch_file_is_refused_or_imported()
    {
        using ArchFixture fixture = ArchRefusalTests.Fixture();
        string container = fixture.WriteContainer();
        Fuzz(ArchRefusalTests.Valid, seed: 71, path => ErnnWriter.Write(ArchImporter.Import(container, new ImportOptions { ArchPath = path })));
    }

    [Fact]
    public void A_damaged_keras_json_is_refused_or_imported() => Fuzz(KerasJsonImporterTests.Valid, seed: 72,
        path => ErnnWriter.Write(KerasJsonImporter.Import(path, new ImportOptions())));

    private static void Fuzz(string valid, int seed, Action<string> import)
    {
        Random random = new(seed);
        string path = Path.GetTempFileName();
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                File.WriteAllBytes(path, JsonMutation.Apply(valid, random));
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    import(path);
                }
                catch (ConversionException refusal)
                {
                    Assert.DoesNotContain('\n', refusal.Message);
                }
                catch (Exception problem)
                {
                    Assert.Fail($"seed {seed}, round {round}: {problem}");
                }
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(bytes < 1 << 29, $"seed {seed}, round {round}: {bytes} bytes were reserved");
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
