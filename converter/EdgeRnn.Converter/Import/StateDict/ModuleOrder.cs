using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.StateDict;

/// <summary>
/// Which module reads which. A state_dict lists modules in the order the model creates them, and that order is taken if sizes
/// fit. Files whose writer sorted the names keep no order; for them it is found from the sizes.
/// </summary>
internal static class ModuleOrder
{
    /// <summary>More modules than this without an order of their own are not searched.</summary>
    private const int _maxSearched = 8;

    /// <summary>The modules in order.</summary>
    /// <param name="modules">The modules in file order.</param>
    /// <param name="keepsModelOrder">Whether file order means anything.</param>
    /// <param name="where">The file, for messages.</param>
    /// <param name="note">What was assumed about the order, or null.</param>
    /// <exception cref="ConversionException">No order fits, or several do.</exception>
    public static IReadOnlyList<InferredModule> Find(IReadOnlyList<InferredModule> modules, bool keepsModelOrder, string where,
        out string? note)
    {
        note = null;
        if (modules.Count == 1) return modules;
        if (keepsModelOrder)
        {
            if (Fits(modules)) return modules;
            // A table of rows stands only at the start, where an index comes in.
            if (modules[0].Alternative is { } embedding && Fits([embedding, .. modules.Skip(1)])) return [embedding, .. modules.Skip(1)];
            throw Refused(where, "do not follow one another in file order", modules);
        }
        IReadOnlyList<InferredModule> order = Search(modules, where);
        note = $"The names in the file are sorted, so the order of the layers is taken from their sizes: {string.Join(", ", order)}.";
        return order;
    }

    private static bool Fits(IReadOnlyList<InferredModule> modules)
    {
        for (int i = 1; i < modules.Count; i++)
        {
            if (modules[i].InputSize != modules[i - 1].OutputSize) return false;
        }
        return true;
    }

    private static InferredModule[] Search(IReadOnlyList<InferredModule> modules, string where)
    {
        if (modules.Count > _maxSearched) throw Refused(where, "stand in a file that keeps no order", modules);
        List<InferredModule[]> orders = [];
        Extend([], [.. modules], orders);
        if (orders.Count == 0) throw Refused(where, "do not follow one another in any order", modules);
        if (orders.Count == 1) return orders[0];
        // Recurrent layers come before linear ones, and fc2 after fc1, where the sizes leave that open.
        List<InferredModule[]> usual = orders.FindAll(order => order.Zip(order.Skip(1)).All(pair => pair.First.Rank <= pair.Second.Rank));
        if (usual.Count == 1) return usual[0];
        return usual.Find(order => order.Zip(order.Skip(1)).All(pair => pair.First.Rank < pair.Second.Rank
                || NaturalOrder.AreNumbered(pair.First.Name, pair.Second.Name)))
            ?? throw Refused(where, "fit in several orders, and the file keeps none", modules);
    }

    private static void Extend(List<InferredModule> chain, List<InferredModule> left, List<InferredModule[]> found)
    {
        if (left.Count == 0) found.Add([.. chain]);
        for (int i = 0; i < left.Count; i++)
        {
            InferredModule next = left[i];
            if (chain.Count > 0 && chain[^1].OutputSize != next.InputSize) continue;
            left.RemoveAt(i);
            chain.Add(next);
            Extend(chain, left, found);
            chain.RemoveAt(chain.Count - 1);
            left.Insert(i, next);
        }
    }

    private static ConversionException Refused(string where, string what, IReadOnlyList<InferredModule> modules) => new(
        $"{where}: the layers {what}: {SourceText.List([.. modules.Select(module => module.ToString())])}; " +
        "describe the model in ARCH.json (--arch)");
}
