extern alias portable;

using System;
using System.Linq;
using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using EdgeRnn.Runtime;
using PortableBlock = portable::EdgeRnn.Runtime.QuantizedBlock;
using PortableMatrix = portable::EdgeRnn.Runtime.QuantizedMatrix;

namespace EdgeRnn.Tests;

/// <summary>
/// Products of quantized matrices: the portable one against whole numbers of any size, each vector kernel against the portable.
/// </summary>
public sealed class QuantizedMatrixTests
{
    private const int Seed = 20261205;
    private const int PreLimit = 1 << 29;

    [Fact]
    public void The_definition_agrees_with_numbers_that_cannot_overflow()
    {
        for (int trial = 0; trial < LongRun.Choose(150, 5_000); trial++)
        {
            MatrixCase product = new(new Random(Seed + trial), LongRun.IsOn ? 600 : 200);
            int[] expected = [.. product.Memory], found = [.. product.Memory];
            foreach (QuantizedBlock block in product.Blocks) AddExactly(block, product, expected);
            QuantizedMatrix.AddProductPortable(product.Blocks, product.FirstRow, product.Rows, found, product.X, product.Y);
            AssertSame(expected, found, product, trial, "the definition");
        }
    }

    [Fact]
    public void Product_gives_the_same_bits_as_its_definition_and_touches_nothing_else()
    {
        for (int trial = 0; trial < LongRun.Choose(500, 20_000); trial++)
        {
            MatrixCase product = new(new Random(Seed + trial), 600);
            int[] expected = [.. product.Memory], found = [.. product.Memory];
            PortableBlock[] blocks = [.. product.Blocks.Select(Portable)];
            PortableMatrix definition = new(blocks, product.FirstRow, product.Rows, product.Narrow);
            QuantizedMatrix matrix = new(product.Blocks, product.FirstRow, product.Rows, product.Narrow);
            definition.AddProduct(expected, product.X, product.Y, product.Scratch);
            matrix.AddProduct(found, product.X, product.Y, product.Scratch);
            AssertSame(expected, found, product, trial, "the product");
        }
    }

    public static TheoryData<QuantizedKernelName> Kernels => [.. Enum.GetValues<QuantizedKernelName>()];

    /// <summary>The kernels again, for xunit shows only public types.</summary>
    public enum QuantizedKernelName { Pairs128, Pairs256, Pairs512, Bytes128, Bytes256 }

    [Theory, MemberData(nameof(Kernels))]
    public void Every_kernel_gives_the_same_bits_as_the_definition_and_touches_nothing_else(QuantizedKernelName name)
    {
        QuantizedKernel kernel = Enum.Parse<QuantizedKernel>(name.ToString());
        Assert.SkipUnless(IsAvailable(kernel), $"this machine has no instructions for {name}");
        bool bytes = kernel is QuantizedKernel.Bytes128 or QuantizedKernel.Bytes256;
        for (int trial = 0; trial < LongRun.Choose(400, 10_000); trial++)
        {
            MatrixCase product = new(new Random(Seed + trial), 600);
            int[] expected = [.. product.Memory], found = [.. product.Memory];
            QuantizedMatrix.AddProductPortable(product.Blocks, product.FirstRow, product.Rows, expected, product.X, product.Y);
            foreach (QuantizedBlock block in product.Blocks)
            {
                // Bytes kernels are not for weights of 4 bits.
                if (bytes && block.Nibbles != null)
                {
                    QuantizedMatrix.AddProductPortable([block], product.FirstRow, product.Rows, found, product.X, product.Y);
                    continue;
                }
                QuantizedPanels panels = new(block, product.FirstRow, product.Rows, product.Narrow, kernel);
                panels.AddProduct(found, product.X, product.Y, product.Scratch);
            }
            AssertSame(expected, found, product, trial, name.ToString());
        }
    }

    [Fact]
    public void Every_kernel_is_compared() =>
        Assert.Equal(Enum.GetNames<QuantizedKernelName>(), Enum.GetNames<QuantizedKernel>().Skip(1));

    [Fact]
    public void Scratch_and_cost_are_the_same_with_and_without_vectors()
    {
        for (int columns = 1; columns < 100; columns++)
        {
            QuantizedBlock block = new(0, columns, new sbyte[3 * columns], [1, 1, 1], [1, 1, 1]);
            PortableBlock same = new(0, columns, new sbyte[3 * columns], [1, 1, 1], [1, 1, 1]);
            QuantizedMatrix matrix = new([block], 1, 2, false);
            PortableMatrix portableMatrix = new([same], 1, 2, false);
            Assert.Equal(portableMatrix.ScratchSize, matrix.ScratchSize);
            Assert.Equal(2 * columns, matrix.Macs);
            Assert.Equal(portableMatrix.Macs, matrix.Macs);
        }
    }

    [Fact]
    public void Sixteen_bit_weights_are_two_blocks_over_the_same_columns()
    {
        // 300 = 256 * 1 + 44; the same mantissa, the high part shifted by eight bits less.
        const int Mantissa = 1 << 23;
        QuantizedBlock high = new(0, 1, new sbyte[] { 1 }, [Mantissa], [23]);
        QuantizedBlock low = new(0, 1, new sbyte[] { 44 }, [Mantissa], [31]);
        QuantizedMatrix matrix = new([high, low], 0, 1, false);
        int[] memory = new int[2 + matrix.ScratchSize];
        memory[0] = 256 * 7;
        matrix.AddProduct(memory, 0, 1, 2);
        Assert.Equal(300 * 7, memory[1]);
    }

    private static PortableBlock Portable(QuantizedBlock block)
    {
        int first = block.FirstColumn, count = block.ColumnCount;
        return block.Weights != null
            ? new PortableBlock(first, count, block.Weights, block.Mantissas, block.Shifts)
            : new PortableBlock(first, count, block.Nibbles!, block.GroupMultipliers!, block.Mantissas, block.Shifts);
    }

    private static bool IsAvailable(QuantizedKernel kernel) => kernel switch
    {
        QuantizedKernel.Pairs128 => Sse2.IsSupported || AdvSimd.Arm64.IsSupported,
        QuantizedKernel.Pairs256 => Avx2.IsSupported,
        QuantizedKernel.Pairs512 => Avx512BW.IsSupported,
        QuantizedKernel.Bytes256 => AvxVnni.IsSupported,
        _ => true, // Bytes128 has a form for every machine
    };

    // From the formulas, in whole numbers of any size; only the sum wraps as 32 bits do.
    private static void AddExactly(QuantizedBlock block, MatrixCase product, int[] memory)
    {
        for (int row = 0; row < product.Rows; row++)
        {
            int blockRow = product.FirstRow + row;
            BigInteger sum = 0;
            for (int column = 0; column < block.ColumnCount; column++)
                sum += Weight(block, blockRow, column) * memory[product.X + block.FirstColumn + column];
            int shift = block.Shifts[blockRow];
            BigInteger scaled = FloorShift(Wrap(sum) * block.Mantissas[blockRow] + BigInteger.Pow(2, shift - 1), shift);
            memory[product.Y + row] = (int)Clamp(memory[product.Y + row] + Clamp(scaled));
        }
    }

    private static BigInteger Weight(QuantizedBlock block, int row, int column)
    {
        if (block.Weights != null) return block.Weights[row * block.ColumnCount + column];
        int pair = block.Nibbles![row * ((block.ColumnCount + 1) / 2) + column / 2];
        int nibble = column % 2 == 0 ? pair % 16 : pair / 16;
        int groups = (block.ColumnCount + 31) / 32;
        return (nibble < 8 ? nibble : nibble - 16) * block.GroupMultipliers![row * groups + column / 32];
    }

    private static BigInteger Wrap(BigInteger value)
    {
        BigInteger range = BigInteger.Pow(2, 32), wrapped = ((value % range) + range) % range;
        return wrapped < range / 2 ? wrapped : wrapped - range;
    }

    private static BigInteger FloorShift(BigInteger value, int shift)
    {
        BigInteger quotient = BigInteger.DivRem(value, BigInteger.Pow(2, shift), out BigInteger rest);
        return rest < 0 ? quotient - 1 : quotient;
    }

    private static BigInteger Clamp(BigInteger value) => BigInteger.Max(-PreLimit, BigInteger.Min(PreLimit, value));

    private static void AssertSame(int[] expected, int[] found, MatrixCase product, int trial, string what) =>
        product.AssertSame(expected, found, $"seed {Seed} + {trial}, {what}");
}
