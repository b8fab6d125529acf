using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeRnn.Converter.Quantize;
using EdgeRnn.Runtime;
using Spectre.Console;

namespace EdgeRnn.Cli.Output;

/// <summary>A <see cref="ModelReport"/> as text.</summary>
internal static class ModelText
{
    /// <summary>The layers, one per row.</summary>
    public static Table Layers(ModelReport model)
    {
        Table table = model.IsQuantized ? NewTable("layer", "kind", "scheme", "fraction bits") : NewTable("layer", "kind");
        foreach (string heading in new[] { "in", "out", "params", "MACs/step", "weights B", "state B" })
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        bool several = model.Layers.Select(layer => layer.Graph).Distinct().Count() > 1;
        foreach (LayerInfo layer in model.Layers)
        {
            string name = several ? $"{layer.Graph}/{layer.Name}" : layer.Name;
            long[] figures =
                [layer.InputSize, layer.OutputSize, layer.Parameters, layer.MacsPerStep, layer.WeightBytes, layer.StateBytes];
            string[] words = model.IsQuantized ? [name, layer.Kind, SchemeName.Of(layer.Scheme), $"{layer.FractionBits}"]
                : [name, layer.Kind];
            table.AddRow([.. words.Select(Cell), .. figures.Select(figure => Cell(Quantity.Count(figure)))]);
        }
        return table;
    }

    /// <summary>The channels and how they are standardised, one per row.</summary>
    public static Table Channels(ModelReport model)
    {
        Table table = NewTable("channel", "unit");
        foreach (string heading in new[] { "mean", "deviation" })
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        for (int i = 0; i < model.Preprocessing.Count; i++)
        {
            ChannelReport channel = model.Preprocessing[i];
            string name = channel.Name.Length > 0 ? channel.Name : i.ToString(CultureInfo.InvariantCulture);
            table.AddRow(Cell(name), Cell(channel.Unit), Cell(Figure(channel.Mean)), Cell(Figure(channel.Deviation)));
        }
        return table;
    }

    /// <summary>What the model costs, a line per resource.</summary>
    public static IEnumerable<string> Costs(ModelReport model)
    {
        yield return $"parameters  {Quantity.Count(model.Parameters)}, {model.Scheme}";
        yield return $"weights     {Quantity.Bytes(model.WeightBytes)}";
        yield return $"state       {Quantity.Bytes(model.StateBytes)} per session";
        yield return $"scratch     {Quantity.Bytes(model.ScratchBytes)} per session";
        yield return $".ernn file  {Quantity.Bytes(model.FileBytes)}";
        yield return "golden      " +
            (model.GoldenSteps is { } golden ? $"{golden.Text}, {Quantity.Bytes(golden.Bytes)} of the file" : "none");
        yield return $"operations  {Operations(model.MacsPerStep)} multiply-accumulates per step on average, " +
            $"{Quantity.Count(model.WorstCaseMacsPerStep)} at worst";
    }

    /// <summary>How long the state remembers its start.</summary>
    public static string WarmUp(ModelReport model, double? rateHz = null)
    {
        if (model.WarmUpSteps == 0) return "warm-up     none: answers do not depend on where a state started, or it was not measured";
        string time = rateHz is { } rate ? $", {Quantity.Duration(1e9 * model.WarmUpSteps / rate)}" : "";
        return $"warm-up     {Quantity.Count(model.WarmUpSteps)} steps until the state has forgotten its start{time}";
    }

    /// <summary>What goes in and comes out.</summary>
    public static string Shape(ModelReport model)
    {
        string frames = model.FramesPerAnswer == 1 ? "" : $"{model.FramesPerAnswer} frames of ";
        return $"{Features(model.InputSize)} in per step, {frames}{Features(model.FrameSize)} out per answer";
    }

    private static string Features(int count) => count == 1 ? "1 feature" : $"{count} features";

    /// <summary>Multiply-accumulates, which windows can make a fraction per step.</summary>
    public static string Operations(double macs) =>
        macs == (long)macs ? Quantity.Count((long)macs) : macs.ToString("N1", CultureInfo.InvariantCulture);

    private static Table NewTable(params string[] headings)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in headings) table.AddColumn(new TableColumn(heading).NoWrap());
        return table;
    }

    // Text, not markup: names come from files.
    private static Text Cell(string text) => new(OneLine.Of(text));

    private static string Figure(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
