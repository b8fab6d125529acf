using System.Globalization;
using System.IO;
using System.Linq;
using EdgeRnn.Converter.Import;
using EdgeRnn.Converter.Import.KerasJson;

namespace EdgeRnn.Tests;

/// <summary>RTNeural's own reference models and what its Keras originals answered.</summary>
public sealed class RtNeuralTests
{
    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void Keras_layout_models_give_the_reference_output(string name)
    {
        StreamRunner runner = new(KerasJsonImporter.Import(SharedData.Path($"conformance/rtneural/{name}.json"), new ImportOptions()));
        float[] expected = ReadColumn($"conformance/rtneural/{name}_y.csv");
        Agreement.Within(1e-5, expected, runner.RunFlat(ReadColumn($"conformance/rtneural/{name}_x.csv")));
    }

    [Theory]
    [InlineData("gru")]
    [InlineData("lstm")]
    public void State_dict_models_give_the_reference_output_with_an_arch_file(string name)
    {
        StreamRunner runner = new(ArchModelTests.Import($"conformance/rtneural/{name}_torch.json", $"rtneural-{name}-torch"));
        float[] expected = ReadColumn($"conformance/rtneural/{name}_torch_y.csv");
        Agreement.Within(1e-5, expected, runner.RunFlat(ReadColumn($"conformance/rtneural/{name}_torch_x.csv")));
    }

    private static float[] ReadColumn(string relative) => [.. File.ReadLines(SharedData.Path(relative))
        .Where(line => line.Length > 0).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
}
