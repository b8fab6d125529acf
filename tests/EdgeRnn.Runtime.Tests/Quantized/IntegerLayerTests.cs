using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using EdgeRnn.Runtime;

namespace EdgeRnn.Tests.Quantized;

/// <summary>
/// Which layers a model can hold. The scans of the IL follow virtual calls on layers only to these; without that every path would end in
/// float layers.
/// </summary>
public sealed class IntegerLayerTests
{
    private static readonly FieldInfo _inner = typeof(FloatIsland).GetField("_inner", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public static TheoryData<string> Names => Specimens.AllNames;

    [Theory, MemberData(nameof(Names))]
    public void A_model_of_integers_alone_holds_integer_layers_alone(string name)
    {
        Model model = Specimens.Load(name);
        Layer[] layers = [.. LayersOf(model)];
        Assert.Equal(model.IsQuantized && layers.All(layer => layer is QuantizedLayer), model.IsIntegerOnly);
        if (!model.IsQuantized) Assert.DoesNotContain(layers, layer => layer is QuantizedLayer or FloatIsland);
        if (name.EndsWith(", w8a16") && !name.StartsWith("skip wiring")) Assert.True(model.IsIntegerOnly);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_float_island_holds_a_float_layer(string name)
    {
        foreach (FloatIsland island in LayersOf(Specimens.Load(name)).OfType<FloatIsland>())
            Assert.False(_inner.GetValue(island) is FloatIsland or QuantizedLayer);
    }

    [Fact]
    public void Some_model_has_float_islands() => Assert.Contains(LayersOf(Specimens.Load("lstm, mixed")), layer => layer is FloatIsland);

    private static IEnumerable<Layer> LayersOf(Model model)
    {
        for (int i = 0; i < model.Main.LayerCount; i++) yield return model.Main.LayerAt(i);
        for (int i = 0; i < (model.Decoder?.LayerCount ?? 0); i++) yield return model.Decoder!.LayerAt(i);
    }
}
