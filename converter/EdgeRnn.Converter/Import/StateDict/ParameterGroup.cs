using System;
using System.Collections.Generic;
using EdgeRnn.Converter.Graph;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>
/// The tensors one PyTorch module owns: those whose names begin alike (<c>encoder.rnn</c>) and end in a parameter name
/// (<c>weight_ih_l0</c>). Tensors are taken out one by one, so that what is left at the end was not understood.
/// </summary>
internal sealed class ParameterGroup
{
    private readonly Dictionary<string, Tensor> _parameters = new(StringComparer.Ordinal);
    private readonly string _prefix;

    private ParameterGroup(string prefix, string shownName)
    {
        _prefix = prefix;
        Name = shownName;
    }

    /// <summary>The module's name in notes and in the model; empty when the file holds nothing but one module.</summary>
    public string Name { get; }

    /// <summary>Full names of the tensors not taken yet.</summary>
    public IEnumerable<string> Remaining
    {
        get
        {
            foreach (string parameter in _parameters.Keys) yield return _prefix + parameter;
        }
    }

    /// <summary>Groups the tensors of a file, in order of first appearance.</summary>
    /// <param name="tensors">The file.</param>
    /// <param name="names">Which of its tensors are parameters.</param>
    /// <param name="hiddenPrefix">What all names begin with and nobody needs to see, such as <c>weights.</c></param>
    public static List<ParameterGroup> Split(NamedTensors tensors, IReadOnlyList<string> names, string hiddenPrefix)
    {
        List<ParameterGroup> groups = [];
        Dictionary<string, ParameterGroup> byPrefix = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            int end = name.LastIndexOf('.') + 1;
            string prefix = name[..end];
            if (!byPrefix.TryGetValue(prefix, out ParameterGroup? group))
            {
                string shown = prefix.StartsWith(hiddenPrefix, StringComparison.Ordinal) ? prefix[hiddenPrefix.Length..] : prefix;
                group = new ParameterGroup(prefix, SourceText.Show(shown.TrimEnd('.')));
                byPrefix.Add(prefix, group);
                groups.Add(group);
            }
            group._parameters.Add(name[end..], tensors[name]);
        }
        return groups;
    }

    /// <summary>Whether a parameter is there and not taken yet.</summary>
    public bool Has(string parameter) => _parameters.ContainsKey(parameter);

    /// <summary>The shape of a parameter that is there.</summary>
    public int RankOf(string parameter) => _parameters[parameter].Rank;

    /// <summary>Takes a parameter out, or null when it is not there.</summary>
    /// <exception cref="ConversionException">It is empty or holds numbers that are not finite.</exception>
    public Tensor? Take(string parameter)
    {
        if (!_parameters.Remove(parameter, out Tensor? tensor)) return null;
        if (tensor.Data.Length == 0)
        {
            throw new ConversionException(
                $"{SourceText.Show(_prefix + parameter)}: shape {tensor.ShapeText} holds nothing; save the trained model");
        }
        int index = Array.FindIndex(tensor.Data, value => !float.IsFinite(value));
        if (index >= 0)
        {
            throw new ConversionException($"{SourceText.Show(_prefix + parameter)}: element {index} is not a finite float32; " +
                "the training diverged or the file is damaged");
        }
        return tensor;
    }

    /// <summary>Takes out a parameter that has to be there, with so many axes.</summary>
    /// <exception cref="ConversionException">It is absent, or has another number of axes.</exception>
    public Tensor Take(string parameter, int rank)
    {
        string name = SourceText.Show(_prefix + parameter);
        Tensor tensor = Take(parameter) ?? throw new ConversionException(
            $"{name}: missing beside {SourceText.List([.. Remaining])}; save the whole state_dict");
        if (tensor.Rank != rank)
        {
            throw new ConversionException(
                $"{name}: shape {tensor.ShapeText}, expected {rank} axes; save the state_dict as PyTorch has it");
        }
        return tensor;
    }

    /// <summary>Takes out a bias, or null when it is not there.</summary>
    /// <exception cref="ConversionException">It is not a vector of the expected length.</exception>
    public Tensor? TakeBias(string parameter, int length)
    {
        Tensor? bias = Take(parameter);
        if (bias != null && (bias.Rank != 1 || bias.Shape[0] != length))
        {
            throw new ConversionException($"{SourceText.Show(_prefix + parameter)}: shape {bias.ShapeText}, expected [{length}], " +
                "one element per row of the weights");
        }
        return bias;
    }
}
