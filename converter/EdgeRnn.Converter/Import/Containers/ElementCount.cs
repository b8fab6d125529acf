using System.Collections.Generic;
using System.Linq;

namespace EdgeRnn.Converter.Import.Containers;

/// <summary>The number of elements a declared shape holds, proven to be small enough to allocate.</summary>
internal static class ElementCount
{
    /// <summary>The product of the sizes.</summary>
    /// <param name="shape">Sizes as declared by a file.</param>
    /// <param name="where">File and tensor, for the message.</param>
    /// <exception cref="ConversionException">A size is negative, there are too many axes or elements.</exception>
    public static long Of(IReadOnlyList<long> shape, string where)
    {
        if (shape.Count > ContainerLimits.MaxRank)
        {
            throw new ConversionException(
                $"{where}: {shape.Count} axes, expected at most {ContainerLimits.MaxRank}; reshape the tensor");
        }
        long count = 1;
        foreach (long size in shape)
        {
            // Each size is bounded even beside a zero, so that it fits an int.
            if (size is < 0 or > ContainerLimits.MaxElements || (count *= size) > ContainerLimits.MaxElements)
            {
                throw new ConversionException($"{where}: shape [{string.Join(", ", shape.Take(ContainerLimits.MaxRank))}] is not that " +
                    $"of a tensor with at most {ContainerLimits.MaxElements} elements");
            }
        }
        return count;
    }
}
